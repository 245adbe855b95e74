import { useMemo } from 'react';
import type { FunnelAnswer, FunnelPeriod } from '../../../api/behaviour';
import type { BarsChart } from '../../../charts/bars/option';
import { Chart } from '../../../charts/Chart';
import { integer, interval, share, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { FitTable, type TableColumn } from '../../../parts/FitTable';
import { PanelCard } from '../../../panels/PanelCard';
import { shortLabel } from './labels';

/** The share that gets through by when people entered; hatched where they still have time. */
export function FunnelTrend({ answer }: { answer: FunnelAnswer }): JSX.Element {
  const trend = useMemo(() => sinceFirst(answer.trend ?? []), [answer.trend]);
  const chart = useMemo((): BarsChart => ({
    kind: 'bars', title: `${answer.title}, by entry`, unit: 'share', names: trend.map((each) => shortLabel(each.label)), open: trend.map((each) => each.censored), isLabelled: true,
    openWords: 'People who entered then may still get through.',
    series: [{ name: 'Got through', tone: 'accent', values: trend.map((each) => each.conversion.value), low: trend.map((each) => (isFew(each) ? null : each.conversion.low)), high: trend.map((each) => (isFew(each) ? null : each.conversion.high)) }],
  }), [trend, answer.title]);
  const columns: TableColumn<FunnelPeriod>[] = [
    { head: 'Entered', narrow: 'beside', cell: (each) => integer(each.counts[0]) },
    { head: 'Got through', cell: (each) => integer(each.counts[each.counts.length - 1]) },
    { head: 'Share', narrow: 'beside', cell: (each) => <b>{value(each.conversion.value, share)}</b> },
    { head: '95 % interval', cell: (each) => interval(each.conversion.low, each.conversion.high, share) ?? '–' },
    { head: 'State', cell: (each) => (each.censored ? <small>may still rise</small> : 'final') },
  ];
  const table = <FitTable caption={`${answer.title} by entry`} head="Entered in" name={(each) => <span className="period">{each.label}</span>} columns={columns} rows={trend} rowKey={(each) => each.period} rowClass={(each) => (each.censored ? 'running' : undefined)} />;
  return (
    <PanelCard kind="funnel-trend" title="Over time" about="By when people entered, with 95 % intervals" notes={[]} table={table}
      tools={<CsvButton name={`${answer.funnel}-trend`} head={['period', ...answer.steps.map((step) => step.label), 'share', 'low', 'high', 'censored']} rows={() => trend.map((each) => [each.period, ...each.counts, each.conversion.value, each.conversion.low, each.conversion.high, each.censored])} />}>
      <Chart spec={chart} height={230} />
      {trend.some((each) => each.censored) && <p className="fine"><span className="heat open sample" aria-hidden="true" /> hatched: entered so recently that they may still get through</p>}
    </PanelCard>
  );
}

/** An open period of a handful has an interval as high as the chart, which would be all that is seen of it. */
const isFew = (each: FunnelPeriod): boolean => each.censored && (each.counts[0] ?? 0) < 5;

/** Periods before anybody entered are left out. */
const sinceFirst = (trend: FunnelPeriod[]): FunnelPeriod[] => trend.slice(Math.max(0, trend.findIndex((each) => (each.counts[0] ?? 0) > 0)));
