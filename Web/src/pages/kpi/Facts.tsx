import type { ReactNode } from 'react';
import type { KPIDetail, MetricEntry } from '../../api/types';
import { useSession } from '../../api/session';
import { day, moment } from '../../format/dates';
import { integer, interval, value } from '../../format/numbers';
import { ChangeText } from '../../parts/ChangeText';
import { look, Shape } from '../../parts/Status';
import { Link } from '../../routing/location';

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
      <Fact label="Change" note={status.change ? `${value(status.change.previous, status)} in the ${status.change.comparedWith}` : undefined}><ChangeText change={status.change} measure={status} /></Fact>
      <Fact label="Course" note={target?.path != null ? `path now ${value(target.path, status)}` : undefined}>
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

/** The same place for a plain metric: what it is, since it has no course. */
export function MetricFacts({ metric }: { metric: MetricEntry }): JSX.Element {
  return (
    <dl className="card facts">
      <Fact label="Kind">{metric.kind}</Fact>
      <Fact label="Unit">{[metric.unit, metric.currency].filter(Boolean).join(' ')}</Fact>
      <Fact label="Better">{metric.better === 'none' ? 'neither way' : metric.better}</Fact>
      <Fact label="Source">{metric.source ? <Link href="/data">{metric.source}</Link> : 'other metrics'}</Fact>
      <Fact label="Used by">{metric.usedBy.length === 0 ? 'no KPI' : metric.usedBy.map((id, index) => <span key={id}>{index > 0 && ', '}<Link href={`/kpi/${encodeURIComponent(id)}`}>{id}</Link></span>)}</Fact>
    </dl>
  );
}
