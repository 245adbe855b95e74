import { useState } from 'react';
import type { CohortsPanel as Spec } from '../api/types';
import { agesTitle, ageText } from '../format/ages';
import { integer, type Measure } from '../format/numbers';
import { Segments } from '../parts/Segments';
import { useNarrow } from '../parts/useNarrow';
import { useQueryState } from '../routing/location';
import { useTokens } from '../shell/theme';
import { agesOf, cellAt, cellText, cellDetail, strength, strongest, totalSize } from './cohorts';
import { periodRange, type PanelContext } from './context';
import { heat } from './heat';
import { PanelCard, PanelEmpty } from './PanelCard';
import { useGrid } from './useGrid';
import { showRows } from './showRows';

const modes = [['share', 'Share'], ['count', 'Count']] as const;
const hint = 'Point at a cell, or move with the arrow keys, to read its interval. Enter shows the rows behind it.';

/** Who came back how long after the start: a row a cohort, a column an age, all cohorts pooled on top. */
export function CohortsPanel({ panel, context }: { panel: Spec; context: PanelContext }): JSX.Element {
  const tokens = useTokens();
  const [mode, setMode] = useQueryState('cells', 'share', 'replace');
  const isNarrow = useNarrow();
  const [told, tell] = useState<string>();
  const grid = useGrid([0, agesOf(panel)[0] ?? 0]);
  const measure: Measure = { unit: panel.unit, currency: panel.currency ?? context.measure.currency };
  const ages = agesOf(panel), most = strongest(panel);
  if (panel.cohorts.length === 0) return <PanelCard kind="cohorts" title={panel.title} notes={panel.notes}><PanelEmpty>Nobody started in this range. Choose a longer one above.</PanelEmpty></PanelCard>;
  const grain = panel.grain ?? context.grain;
  const written = (cell: { value: number | null; count: number | null }): string => (mode === 'count' ? integer(cell.count) : cellText(cell.value, measure, isNarrow));
  const box = (key: number, row: number, cell: { age: number; value: number | null; count: number | null; complete?: boolean }, detail: string, onOpen?: () => void): JSX.Element => {
    const { ground, ink } = heat(strength(cell.value, most), tokens);
    const isOpen = cell.complete === false;
    return (
      <td key={key}>
        <button type="button" {...grid.cell(row, cell.age)} className={isOpen ? 'heat open' : 'heat'} style={isOpen ? undefined : { background: ground, color: ink }}
          aria-label={detail} onClick={onOpen} onPointerEnter={() => tell(detail)} onPointerLeave={() => tell(undefined)} onFocus={() => { grid.cell(row, cell.age).onFocus(); tell(detail); }} onBlur={() => tell(undefined)}>
          {written(cell)}
        </button>
      </td>
    );
  };
  return (
    <PanelCard kind="cohorts" title={panel.title} about={`A row for each ${grain} of the start, a column for each ${panel.ages} since`} notes={panel.notes} tools={<Segments label="Show" value={mode} options={modes} onChange={setMode} />}>
      <div className="table-box cohort-box" role="region" aria-label={`${panel.title}, cohorts`} tabIndex={0} onKeyDown={grid.onKeyDown}>
        <table className="cohort-table" style={isNarrow ? undefined : { maxWidth: 190 + ages.length * 96 }}>
          <caption className="sr">{panel.title}: {mode === 'count' ? 'how many' : 'the share'} of each cohort by {panel.ages} after the start</caption>
          <thead><tr><th scope="col">Started</th><th scope="col">Size</th>{ages.map((age) => <th key={age} scope="col" title={`${ageText(age, panel.ages)} after the start`}><span className="sr">{agesTitle(panel.ages)} </span>{age}</th>)}</tr></thead>
          <tbody>
            {panel.pooled.length > 0 && (
              <tr className="pooled"><th scope="row">All cohorts</th><td className="size">{integer(totalSize(panel))}</td>
                {ages.map((age) => { const cell = panel.pooled.find((each) => each.age === age); return cell ? box(age, 0, cell, cellDetail('All cohorts that are old enough', cell, cell.of, panel.ages, measure)) : <td key={age} />; })}
              </tr>
            )}
            {panel.cohorts.map((cohort, index) => (
              <tr key={cohort.period}><th scope="row">{cohort.label}</th><td className="size">{integer(cohort.size)}</td>
                {ages.map((age) => {
                  const cell = cellAt(cohort, age);
                  return cell ? box(age, index + 1, cell, cellDetail(cohort.label, cell, cohort.size, panel.ages, measure),
                    () => showRows(cohort.range ?? periodRange(cohort.period, grain, context.zone), `age_${panel.ages}s = ${age}`, `${cohort.label}, ${ageText(age, panel.ages)} after the start`, context.measure.unit === 'share' ? 'denominator' : undefined)) : <td key={age} />;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="cohort-foot"><p className="readout">{told ?? hint}</p><p className="fine"><span className="heat open sample" aria-hidden="true" /> hatched: not complete yet{isNarrow && mode === 'share' && panel.unit === 'share' && '; cells in %'}</p></div>
    </PanelCard>
  );
}
