import { useMemo } from 'react';
import type { FunnelAnswer, FunnelPeriod } from '../../../api/behaviour';
import type { BarsChart } from '../../../charts/bars/option';
import { Chart } from '../../../charts/Chart';
import { integer, interval, share, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { PanelCard } from '../../../panels/PanelCard';
import { shortLabel } from './labels';


/** The share that gets through by when people entered; hatched where they still have time. */
export function FunnelTrend({ answer }: { answer: FunnelAnswer }): JSX.Element {
  const trend = useMemo(() => sinceFirst(answer.trend ?? []), [answer.trend]);
  const chart = useMemo((): BarsChart => ({
    kind: 'bars', title: `${answer.title}, by entry`, unit: 'share', names: trend.map((each) => shortLabel(each.label)), open: trend.map((each) => each.censored), isLabelled: true,
    openWords: 'People who entered then may still get through.',
    series: [{ name: 'Got through', tone: 'accent', values: trend.map((each) => each.conversion.value), low: trend.map((each) => each.conversion.low), high: trend.map((each) => each.conversion.high) }],
  }), [trend, answer.title]);
  const table = (
    <table className="data">
      <caption className="sr">{answer.title} by entry</caption>
      <thead><tr><th scope="col">Entered in</th><th scope="col">Entered</th><th scope="col">Got through</th><th scope="col">Share</th><th scope="col">95 % interval</th><th scope="col">State</th></tr></thead>
      <tbody>{trend.map((each) => <tr key={each.period} className={each.censored ? 'running' : undefined}><th scope="row" className="period">{each.label}</th><td>{integer(each.counts[0])}</td><td>{integer(each.counts[each.counts.length - 1])}</td><td><b>{value(each.conversion.value, share)}</b></td><td>{interval(each.conversion.low, each.conversion.high, share) ?? '–'}</td><td>{each.censored ? <small>may still rise</small> : 'final'}</td></tr>)}</tbody>
    </table>
  );
  return (
    <PanelCard kind="funnel-trend" title="Over time" about="By when people entered, with 95 % intervals" notes={[]} table={table}
      tools={<CsvButton name={`${answer.funnel}-trend`} head={['period', ...answer.steps.map((step) => step.label), 'share', 'low', 'high', 'censored']} rows={() => trend.map((each) => [each.period, ...each.counts, each.conversion.value, each.conversion.low, each.conversion.high, each.censored])} />}>
      <Chart spec={chart} height={230} />
      {trend.some((each) => each.censored) && <p className="fine"><span className="heat open sample" aria-hidden="true" /> hatched: entered so recently that they may still get through</p>}
    </PanelCard>
  );
}

/** Periods before anybody entered are left out. */
const sinceFirst = (trend: FunnelPeriod[]): FunnelPeriod[] => trend.slice(Math.max(0, trend.findIndex((each) => (each.counts[0] ?? 0) > 0)));
