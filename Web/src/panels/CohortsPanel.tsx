import { useState } from 'react';
import type { CohortsPanel as Spec } from '../api/types';
import { ageText } from '../format/ages';
import { integer, type Measure } from '../format/numbers';
import { Segments } from '../parts/Segments';
import { useNarrow } from '../parts/useNarrow';
import { useQueryState } from '../routing/location';
import { useTokens } from '../shell/theme';
import { agesOf, cellDetail, cellText, strength, strongest, totalSize } from './cohorts';
import { CohortFoot, CohortTable, type TableCell, type TableRow } from './CohortTable';
import { periodRange, type PanelContext } from './context';
import { heat } from './heat';
import { PanelCard, PanelEmpty } from './PanelCard';
import { showRows } from './showRows';

const modes = [['share', 'Share'], ['count', 'Count']] as const;
const hint = 'Point at a cell, or move with the arrow keys, to read its interval. Enter shows the rows behind it.';

/** Who came back how long after the start: a row a cohort, a column an age, all cohorts pooled on top. */
export function CohortsPanel({ panel, context }: { panel: Spec; context: PanelContext }): JSX.Element {
  const tokens = useTokens();
  const [mode, setMode] = useQueryState('cells', 'share', 'replace');
  const isNarrow = useNarrow();
  const [told, tell] = useState<string>();
  const measure: Measure = { unit: panel.unit, currency: panel.currency ?? context.measure.currency };
  const most = strongest(panel);
  if (panel.cohorts.length === 0) return <PanelCard kind="cohorts" title={panel.title} notes={panel.notes}><PanelEmpty>Nobody started in this range. Choose a longer one above.</PanelEmpty></PanelCard>;
  const grain = panel.grain ?? context.grain;
  const made = (cell: { age: number; value: number | null; count: number | null; complete?: boolean }, detail: string, onOpen?: () => void): TableCell => ({
    age: cell.age, detail, onOpen, text: mode === 'count' ? integer(cell.count) : cellText(cell.value, measure, isNarrow),
    colours: cell.complete === false ? undefined : heat(strength(cell.value, most), tokens),
  });
  const rows = panel.cohorts.map((cohort): TableRow => ({
    key: cohort.period, name: cohort.label, size: cohort.size,
    cells: cohort.cells.map((cell) => made(cell, cellDetail(cohort.label, cell, cohort.size, panel.ages, measure),
      () => showRows(cohort.range ?? periodRange(cohort.period, grain, context.zone), `age_${panel.ages}s = ${cell.age}`, `${cohort.label}, ${ageText(cell.age, panel.ages)} after the start`, { side: context.measure.unit === 'share' ? 'denominator' : undefined }))),
  }));
  const pooled: TableRow = {
    key: 'pooled', name: 'All cohorts', size: totalSize(panel), isPooled: true,
    cells: panel.pooled.map((cell) => made(cell, cellDetail('All cohorts that are old enough', cell, cell.of, panel.ages, measure))),
  };
  return (
    <PanelCard kind="cohorts" title={panel.title} about={`A row for each ${grain} of the start, a column for each ${panel.ages} since`} notes={panel.notes} tools={<Segments label="Show" value={mode} options={modes} onChange={setMode} />}>
      <CohortTable label={panel.title} caption={`${panel.title}: ${mode === 'count' ? 'how many' : 'the share'} of each cohort by ${panel.ages} after the start`} sizes="Size"
        ages={{ unit: panel.ages, all: agesOf(panel) }} rows={[...(pooled.cells.length > 0 ? [pooled] : []), ...rows]} ageTitle={(age) => `${ageText(age, panel.ages)} after the start`} tell={tell} />
      <CohortFoot told={told ?? hint}><p className="fine"><span className="heat open sample" aria-hidden="true" /> hatched: not complete yet{isNarrow && mode === 'share' && panel.unit === 'share' && '; cells in %'}</p></CohortFoot>
    </PanelCard>
  );
}
