import type { ReactNode } from 'react';
import type { Answer, KPIDetail, MetricEntry, TrendSpec } from '../../api/types';
import { useSession } from '../../api/session';
import { useRequest } from '../../api/useRequest';
import { day, moment, within } from '../../format/dates';
import { difference, integer, interval, value } from '../../format/numbers';
import { ChangeText } from '../../parts/ChangeText';
import { look, Shape } from '../../parts/Status';
import { Link } from '../../routing/location';
import { trendPath, type View } from './state';
import { hasNoTime, useWhole } from './whole';

function Fact({ label, children, note, isMain = false }: { label: string; children: ReactNode; note?: ReactNode; isMain?: boolean }): JSX.Element {
  return <div className={isMain ? 'fact main' : 'fact'}><dt>{label}</dt><dd><span className="fact-value">{children}</span>{note && <span className="fact-note">{note}</span>}</dd></div>;
}

/** The value, how sure it is, how it moved, and where it stands on its course. */
export function KPIFacts({ detail: { status } }: { detail: KPIDetail }): JSX.Element {
  const { zone } = useSession().workspace;
  const bounds = interval(status.low, status.high, status);
  const { target } = status;
  return (
    <dl className="card facts">
      <Fact isMain label={status.period?.label ?? 'Latest complete period'} note={bounds ? `95 % interval ${bounds}` : status.n !== null ? `n ${integer(status.n)}` : undefined}>
        <span title={status.value === null ? 'There is no complete period with data yet.' : value(status.value, status, 'full')}>{value(status.value, status)}</span>
      </Fact>
      <Fact label="Change" note={status.change ? `${value(status.change.previous, status)} ${within(status.change.comparedWith ?? 'the period before')}` : undefined}><ChangeText isLong change={status.change} measure={status} /></Fact>
      <Fact label="Course" note={status.failure?.message ?? (target?.path != null ? `path now ${value(target.path, status)}` : undefined)}>
        <span className={`course-text ${look('course', status.course).tone}`}>{status.courseText || look('course', status.course).words}</span>
      </Fact>
      <Fact label="Target" note={target ? [target.floor !== null && `floor ${value(target.floor, status)}`, target.stretch !== null && `stretch ${value(target.stretch, status)}`].filter(Boolean).join(', ') : 'Add one in the definition'}>
        {target?.value != null ? <>{value(target.value, status)}{target.by && <small> by {day(target.by)}</small>}</> : 'None'}
      </Fact>
      <Fact label="Data" note={status.freshness.watermark ? `until ${moment(status.freshness.watermark, zone)}` : undefined}>
        <Shape kind="state" of={status.freshness.state} /> {status.freshness.text}
      </Fact>
    </dl>
  );
}

/** The same place for a plain metric: its latest value and what it is, since it has no course. */
export function MetricFacts({ metric, view }: { metric: MetricEntry; view: View }): JSX.Element {
  const asked = useRequest<TrendSpec>(metric.hasTime === false ? undefined : trendPath(view));
  const trend = asked.data;
  const isWhole = metric.hasTime === false || hasNoTime(asked.failure);
  const whole = useWhole(metric.id, isWhole).data;
  const points = trend?.series.find((series) => series.role === 'actual')?.points.filter((point) => point.complete) ?? [];
  const [before, last] = [points[points.length - 2], points[points.length - 1]];
  const bounds = trend && last && interval(last.low, last.high, trend);
  return (
    <dl className="card facts">
      {isWhole ? <WholeFact metric={metric} answer={whole} /> : <Fact isMain label={last?.label ?? 'Latest complete period'} note={bounds ? `95 % interval ${bounds}` : last?.n != null ? `n ${integer(last.n)}` : undefined}>{trend ? value(last?.value, trend) : ' '}</Fact>}
      {!isWhole && <Fact label="Change" note={trend && before ? `${value(before.value, trend)} ${within(before.label ?? 'the period before')}` : undefined}>{trend && last?.value != null && before?.value != null ? difference(last.value, before.value, trend) : '–'}</Fact>}
      <Fact label="Unit" note={metric.better === 'none' ? 'neither way is better' : `better ${metric.better}`}>{[metric.unit, metric.currency].filter(Boolean).join(' ')}</Fact>
      <Fact label="Owner">{metric.owner ?? 'nobody yet'}</Fact>
      <Fact label="Used by" note={metric.usedBy.length > 1 ? `and ${metric.usedBy.length - 1} more` : undefined}>
        {metric.usedBy[0] === undefined ? 'no KPI' : <Link href={`/kpi/${encodeURIComponent(metric.usedBy[0])}`}>{metric.usedBy[0]}</Link>}
      </Fact>
    </dl>
  );
}

/** The value of all rows, where they do not say when they happened. */
function WholeFact({ metric, answer }: { metric: MetricEntry; answer: Answer | undefined }): JSX.Element {
  const cell = (name: string): number | null => {
    const found = answer?.rows[0]?.[answer.columns.findIndex((column) => column.name === name || column.field === name)];
    return typeof found === 'number' ? found : null;
  };
  const bounds = interval(cell('low'), cell('high'), metric);
  return <Fact isMain label="All rows" note={bounds ? `95 % interval ${bounds}` : cell('n') !== null ? `n ${integer(cell('n'))}` : undefined}>{answer ? value(cell('value'), metric) : ' '}</Fact>;
}
