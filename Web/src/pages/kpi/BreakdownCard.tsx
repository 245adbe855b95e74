import { useMemo } from 'react';
import type { Answer, MetricEntry, TrendSeries, TrendSpec } from '../../api/types';
import { withQuery } from '../../api/request';
import { useRequest } from '../../api/useRequest';
import { Chart } from '../../charts/Chart';
import { following, inclusiveRange, isoDay, position } from '../../format/dates';
import { inWords } from '../../format/names';
import { Card } from '../../parts/Card';
import { Choice, Segments } from '../../parts/Segments';
import { FailureNote } from '../../parts/Waiting';
import { setQuery, useQueryState } from '../../routing/location';
import { BreakdownTable } from './BreakdownTable';
import { parts } from './breakdown';
import { askedRange, type View } from './state';
import { Multiples } from './Multiples';
import { hasNoTime, useWhole } from './whole';

const views = [['multiples', 'Small multiples'], ['lines', 'Lines']] as const;

/** The metric by one dimension: its parts over time, and the latest complete period part by part. */
export function BreakdownCard({ view, metric }: { view: View; metric: MetricEntry }): JSX.Element | null {
  const { dimensions } = metric;
  const isAdditive = metric.kind === 'count' || metric.kind === 'sum';
  const [shown, setShown] = useQueryState('parts', 'multiples', 'replace');
  const by = dimensions.includes(view.by) ? view.by : dimensions[0];
  const trend = useRequest<TrendSpec>(by === undefined || metric.hasTime === false ? undefined : withQuery('/trend', { [view.kind]: view.id, grain: view.grain, over: askedRange(view), by, where: view.where }));
  const latest = useMemo(() => (trend.data ? latestPeriod(trend.data) : undefined), [trend.data]);
  const isWhole = metric.hasTime === false || hasNoTime(trend.failure);
  const whole = useWhole(view.metric, isWhole, by, view.where);
  const answer = useRequest<Answer>(by === undefined || latest === undefined || view.metric === '' ? undefined
    : withQuery('/ask', { metric: view.metric, by, over: latest.range, compare: 'previous', limit: '10', where: view.where }));
  const failure = isWhole ? whole.failure : trend.failure ?? answer.failure;
  const spec = useMemo(() => trend.data && { ...trend.data, target: null, benchmark: null, annotations: [], series: trend.data.series.filter((series) => series.role === 'part').map(named) }, [trend.data]);
  if (by === undefined) return null;
  return (
    <Card className="breakdown" title={`By ${inWords(by)}`} about={isWhole ? 'All rows, for they have no time' : latest ? `Parts over time, and ${latest.label} in numbers` : 'Parts over time'}
      tools={(
        <>
          {!isWhole && <Segments label="Show parts as" value={shown} options={views} onChange={setShown} />}
          <Choice label="By" value={by} options={dimensions.map((name) => [name, inWords(name)] as const)} onChange={(name) => setQuery({ by: name })} />
        </>
      )}>
      <div className={(trend.isLoading || answer.isLoading) && spec ? 'is-refreshing' : undefined}>
        {failure ? <FailureNote failure={failure} again={() => { trend.reload(); answer.reload(); whole.reload(); }} />
          : isWhole ? whole.data && <BreakdownTable dimension={by} parts={parts(whole.data)} measure={metric} better={metric.better} isAdditive={isAdditive} />
          : !spec ? <div className="chart-waiting" style={{ height: 260 }} role="status" aria-label="Loading" />
            : shown === 'lines' ? <Chart spec={spec} height={280} /> : <Multiples spec={spec} />}
        {answer.data && trend.data && <BreakdownTable dimension={by} parts={parts(answer.data)} measure={trend.data} better={trend.data.better} isAdditive={isAdditive} />}
      </div>
    </Card>
  );
}

/** The newest complete period that any part has, as a range to ask about. */
function latestPeriod(spec: TrendSpec): { label: string; range: string } | undefined {
  const complete = spec.series.flatMap((series) => series.points).filter((point) => point.complete && point.value !== null);
  const last = complete.reduce<typeof complete[number] | undefined>((best, point) => (best === undefined || point.period > best.period ? point : best), undefined);
  if (!last) return undefined;
  const start = position(last.period, spec.zone);
  return { label: last.label ?? last.period, range: inclusiveRange(isoDay(start), isoDay(following(start, spec.grain))) };
}

/** What is left over and what has no value get the words of the table. */
const named = (series: TrendSeries): TrendSeries => ({ ...series, name: series.part === 'other' ? 'All others' : series.part === 'none' ? 'None' : series.name });
