import { useState } from 'react';
import type { CohortsPanel as Spec } from '../api/types';
import { ageText } from '../format/ages';
import { value, type Measure } from '../format/numbers';
import { Segments } from '../parts/Segments';
import { useNarrow } from '../parts/useNarrow';
import { useQueryState } from '../routing/location';
import { useTokens } from '../shell/theme';
import { agesOf, totalSize } from './cohorts';
import { CohortFoot, CohortTable, type TableRow } from './CohortTable';
import { allOf, type PanelContext } from './context';
import { PanelCard, PanelEmpty } from './PanelCard';
import { isMore, partLeft, partsShown, revenueDetail, revenueHeat, revenueMode, revenueModes, revenueRows, revenueText, wholeOf } from './revenueCohorts';
import { showRows } from './showRows';

const hint = 'Point at a cell, or move with the arrow keys, to read it in full. Enter shows the entries behind it.';

/** What is left of the recurring revenue of those who began together: money, its share of the start's, or who still pays. */
export function RevenueCohortsPanel({ panel, context }: { panel: Spec; context: PanelContext }): JSX.Element {
  const tokens = useTokens();
  const [asked, setMode] = useQueryState('cells', 'share', 'replace');
  const isNarrow = useNarrow();
  const [told, tell] = useState<string>();
  const mode = revenueMode(asked), ages = agesOf(panel), parts = partsShown(panel, mode);
  const money: Measure = { unit: 'money', currency: panel.currency ?? context.measure.currency };
  if (ages.length === 0) return <PanelCard kind="cohorts" title={panel.title} notes={panel.notes}><PanelEmpty>No {panel.ages} in which customers began is over in this range. Choose a longer one above.</PanelEmpty></PanelCard>;
  const shown = (cell: Spec['pooled'][number] | Spec['cohorts'][number]['cells'][number], size: number): { text: string; colours: ReturnType<typeof revenueHeat> } =>
    ({ text: revenueText(cell, mode, money, isNarrow), colours: revenueHeat(partLeft(cell, size, mode), parts, tokens) });
  const rows = panel.cohorts.map((cohort): TableRow => ({
    key: cohort.period, name: cohort.label, size: cohort.size,
    cells: cohort.cells.map((cell) => {
      const behind = revenueRows(cohort, cell), detail = revenueDetail(cohort.label, cell, cohort.size, panel.ages, money);
      return { age: cell.age, detail, ...shown(cell, cohort.size), onOpen: behind && (() => showRows(behind.over, allOf([behind.where, ...(panel.filters ?? [])]), detail, { source: panel.source })) };
    }),
  }));
  const pooled: TableRow = {
    key: 'pooled', name: 'All cohorts', size: totalSize(panel), isPooled: true,
    cells: panel.pooled.map((cell) => ({ age: cell.age, detail: revenueDetail('All cohorts that are old enough', cell, wholeOf(cell), panel.ages, money), ...shown(cell, wholeOf(cell)) })),
  };
  return (
    <PanelCard kind="cohorts" title={panel.title} about={`A row for each ${panel.ages} in which customers began; a cell is what they pay so many ${panel.ages}s after its end`} notes={panel.notes}
      tools={<Segments label="Show" value={mode} options={revenueModes} onChange={setMode} />}>
      <CohortTable label={panel.title} caption={`${panel.title}: ${captions[mode]} by ${panel.ages} after the first`} sizes="Customers" ages={{ unit: panel.ages, all: ages }} rows={[pooled, ...rows]}
        ageTitle={(age) => (age === 0 ? `At the end of the first ${panel.ages}` : `${ageText(age, panel.ages)} later`)} tell={tell} />
      <CohortFoot told={told ?? hint}>
        <p className="fine">
          {isMore(parts.most) && <><span className="heat sample" style={{ background: revenueHeat(parts.most, parts, tokens).ground }} aria-hidden="true" /> more than at the start</>}
          {isNarrow && mode === 'share' && <span>{isMore(parts.most) ? '· cells in %' : 'cells in %'}</span>}
        </p>
      </CohortFoot>
      {panel.closing && panel.closing.earlier !== 0 && (
        <p className="fine">{value(panel.closing.earlier, money)} of the {value(panel.closing.value, money)} at the end of {panel.closing.label} are of customers who began before the first row.</p>
      )}
    </PanelCard>
  );
}

const captions = { share: 'the share of the first revenue that is left', money: 'revenue', customers: 'customers who pay' };
