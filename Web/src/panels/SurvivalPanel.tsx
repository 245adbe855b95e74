import { useMemo } from 'react';
import type { ChiSquare, RenewalModel, SurvivalCurve, SurvivalPanel as Spec } from '../api/types';
import { Chart } from '../charts/Chart';
import { atRisk, lastProjected, lastShown, lastTime, projectedAt, survivingAt, ticks, watchedUntil } from '../charts/survival/curve';
import { ageText, agesTitle } from '../format/ages';
import { decimal, integer, interval, portion, probability, share, value } from '../format/numbers';
import { Icon } from '../parts/Icon';
import { TableBox } from '../parts/TableBox';
import type { PanelContext } from './context';
import { PartKey } from './PartKey';
import { PanelCard, PanelEmpty } from './PanelCard';


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
      {panel.model && <Projection panel={panel} />}
      <TableBox label="At risk">
        <table className="data compact risk-table">
          <caption className="sr">Still watched and still there</caption>
          <thead><tr><th scope="col">At risk after</th>{times.map((time) => <th key={time} scope="col">{ageText(time, panel.ages)}</th>)}</tr></thead>
          <tbody>{panel.curves.map((curve) => <tr key={curve.name}><th scope="row">{curve.name}</th>{times.map((time) => <td key={time}>{integer(atRisk(curve, time))}</td>)}</tr>)}</tbody>
        </table>
      </TableBox>
      {panel.logRank && panel.curves.length > 1 && <LogRank test={panel.logRank} />}
    </PanelCard>
  );
}

/** What the dashed lines are, and the parameters that they come from. */
function Projection({ panel }: { panel: Spec }): JSX.Element | null {
  const modelled = panel.curves.filter((curve): curve is SurvivalCurve & { model: RenewalModel } => Boolean(curve.model));
  if (modelled.length === 0) return null;
  return (
    <section aria-label="Projection">
      <p className="verdict"><Icon name="info" size={15} />
        <span>Dashed lines are projected, not observed: the shifted beta-geometric model expects {modelled.map((curve) => { const last = lastProjected(curve); return last ? `${portion(last.value)} of ${curve.name} to be left after ${ageText(last.time, panel.ages)}` : curve.name; }).join(', ')}. It takes each one’s chance to leave for the same at every renewal.</span>
      </p>
      <TableBox label="Parameters of the model"><table className="data compact narrow"><caption className="sr">Parameters of the model</caption>
        <thead><tr><th scope="col">Parameter</th>{modelled.map((curve) => [<th key={curve.name} scope="col">{curve.name}</th>, <th key={`${curve.name}e`} scope="col">Standard error</th>])}</tr></thead>
        <tbody>
          {modelled[0]!.model.parameters.map((each, index) => <tr key={each.name}><th scope="row" className="mono">{each.name}</th>{modelled.map((curve) => { const own = curve.model.parameters[index]; return [<td key={curve.name}>{decimal(own?.value ?? null, 4)}</td>, <td key={`${curve.name}e`}>{own?.error == null ? 'not known' : decimal(own.error, 4)}</td>]; })}</tr>)}
          <tr><th scope="row">Mean chance to leave at the first renewal</th>{modelled.map((curve) => [<td key={curve.name}>{value(curve.model.meanChurnProbability, share)}</td>, <td key={`${curve.name}e`} />])}</tr>
          <tr><th scope="row">Projected median</th>{modelled.map((curve) => [<td key={curve.name}>{curve.model.median === null ? 'not reached' : ageText(curve.model.median, panel.ages)}</td>, <td key={`${curve.name}e`} />])}</tr>
          <tr><th scope="row">log likelihood</th>{modelled.map((curve) => [<td key={curve.name}>{decimal(curve.model.logLikelihood, 2)}</td>, <td key={`${curve.name}e`} />])}</tr>
        </tbody>
      </table></TableBox>
    </section>
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
  const times = ticks(lastShown(panel.curves), 14, panel.ages);
  return (
    <table className="data">
      <caption className="sr">{panel.title}</caption>
      <thead><tr><th scope="col">{agesTitle(panel.ages)}</th>{panel.curves.map((curve) => [<th key={curve.name} scope="col">{curve.name}</th>, <th key={`${curve.name}i`} scope="col">95 % interval</th>, ...(curve.model ? [<th key={`${curve.name}p`} scope="col">{curve.name}, projected</th>, <th key={`${curve.name}q`} scope="col">95 % interval</th>] : [])])}</tr></thead>
      <tbody>
        {times.map((time) => (
          <tr key={time}><th scope="row">{time}</th>
            {panel.curves.map((curve) => { const point = survivingAt(curve, time); const isWatched = !curve.model || time <= watchedUntil(curve); const expected = projectedAt(curve, time); return [<td key={curve.name}>{isWatched ? value(point?.value ?? 1, share) : '–'}</td>, <td key={`${curve.name}i`}>{(isWatched ? interval(point?.low, point?.high, share) : null) ?? '–'}</td>, ...(expected ? [<td key={`${curve.name}p`}>{value(expected.value, share)}</td>, <td key={`${curve.name}q`}>{interval(expected.low, expected.high, share) ?? '–'}</td>] : [])]; })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
