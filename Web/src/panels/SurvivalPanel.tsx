import { useMemo } from 'react';
import type { ChiSquare, SurvivalPanel as Spec } from '../api/types';
import { Chart } from '../charts/Chart';
import { atRisk, lastTime, survivingAt, ticks } from '../charts/survival/curve';
import { ageText, agesTitle } from '../format/ages';
import { decimal, integer, interval, probability, value } from '../format/numbers';
import { Icon } from '../parts/Icon';
import type { PanelContext } from './context';
import { PartKey } from './PartKey';
import { PanelCard, PanelEmpty } from './PanelCard';

const share = { unit: 'share' };

/** How long what began lasts: the share still there after a time, with its interval, median and numbers at risk. */
export function SurvivalPanel({ panel }: { panel: Spec; context: PanelContext }): JSX.Element {
  const times = useMemo(() => ticks(lastTime(panel.curves), 7, panel.ages), [panel]);
  if (panel.curves.every((curve) => curve.customers === 0)) return <PanelCard kind="survival" title={panel.title} notes={panel.notes}><PanelEmpty>Nobody started in this range, so there is nothing to follow.</PanelEmpty></PanelCard>;
  return (
    <PanelCard kind="survival" title={panel.title} about="Kaplan–Meier: those still watched count until they leave or the data ends" notes={panel.notes} table={<SurvivalTable panel={panel} />}>
      <ul className="survival-keys">
        {panel.curves.map((curve, index) => (
          <li key={curve.name}><PartKey name={curve.name} index={index} /><b>{curve.name}</b>
            <span>{curve.median === null ? 'median not reached' : `median ${ageText(curve.median, panel.ages)}`}<i className="dot">·</i>{integer(curve.customers)} started<i className="dot">·</i>{integer(curve.events)} ended</span></li>
        ))}
      </ul>
      <Chart spec={panel} height={300} />
      <div className="table-box" tabIndex={0} role="region" aria-label="At risk">
        <table className="data compact risk-table">
          <caption className="sr">Still watched and still there</caption>
          <thead><tr><th scope="col">At risk after</th>{times.map((time) => <th key={time} scope="col">{ageText(time, panel.ages)}</th>)}</tr></thead>
          <tbody>{panel.curves.map((curve) => <tr key={curve.name}><th scope="row">{curve.name}</th>{times.map((time) => <td key={time}>{integer(atRisk(curve, time))}</td>)}</tr>)}</tbody>
        </table>
      </div>
      {panel.logRank && panel.curves.length > 1 && <LogRank test={panel.logRank} />}
    </PanelCard>
  );
}

function LogRank({ test }: { test: ChiSquare }): JSX.Element {
  const isFar = test.p < 0.05;
  return (
    <p className="verdict"><Icon name={isFar ? 'circle-check' : 'info'} size={15} />
      <span>{isFar ? 'The curves differ by more than chance explains' : 'Chance alone could make curves that differ this much'}: log-rank χ² {decimal(test.chiSquare, 2)}, {test.degrees} {test.degrees === 1 ? 'degree' : 'degrees'} of freedom, {probability(test.p)}.</span>
    </p>
  );
}

function SurvivalTable({ panel }: { panel: Spec }): JSX.Element {
  const times = ticks(lastTime(panel.curves), 14, panel.ages);
  return (
    <table className="data">
      <caption className="sr">{panel.title}</caption>
      <thead><tr><th scope="col">{agesTitle(panel.ages)}</th>{panel.curves.map((curve) => [<th key={curve.name} scope="col">{curve.name}</th>, <th key={`${curve.name}i`} scope="col">95 % interval</th>])}</tr></thead>
      <tbody>
        {times.map((time) => (
          <tr key={time}><th scope="row">{time}</th>
            {panel.curves.map((curve) => { const point = survivingAt(curve, time); return [<td key={curve.name}>{value(point?.value ?? 1, share)}</td>, <td key={`${curve.name}i`}>{interval(point?.low, point?.high, share) ?? '–'}</td>]; })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
