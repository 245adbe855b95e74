import type { KPIStatus } from '../../api/types';
import { Sparkline } from '../../charts/Sparkline';
import { day } from '../../format/dates';
import { integer, interval, value } from '../../format/numbers';
import { ChangeText } from '../../parts/ChangeText';
import { look, Shape, Status } from '../../parts/Status';
import { Link } from '../../routing/location';

/** One KPI at a glance; the whole card leads to its page. */
export function KPICard({ kpi, level }: { kpi: KPIStatus; level: 2 | 3 }): JSX.Element {
  const Heading = `h${level}` as 'h2' | 'h3';
  const { tone } = look('course', kpi.course);
  const bounds = interval(kpi.low, kpi.high, kpi);
  const { target } = kpi;
  return (
    <article className={`card kpi-card ${tone}`}>
      <div className="kpi-card-top">
        <Heading title={kpi.title}><Link href={`/kpi/${encodeURIComponent(kpi.kpi)}`}>{kpi.title}</Link></Heading>
        <Status kind="course" of={kpi.course} />
      </div>
      <div className="kpi-card-value">
        <strong title={valueTitle(kpi)}>{value(kpi.value, kpi)}</strong>
        {kpi.value !== null && <ChangeText change={kpi.change} measure={kpi} />}
      </div>
      <p className="kpi-card-sure">
        {kpi.value === null ? kpi.failure?.message ?? kpi.freshness.text : [kpi.period?.label, bounds && `95 % ${bounds}`, !bounds && kpi.n !== null && `n ${integer(kpi.n)}`].filter(Boolean).join(' · ')}
      </p>
      <Sparkline points={kpi.sparkline} rule={kpi.target?.path ?? null} />
      <div className="kpi-card-target">
        <span>{target?.path != null ? <>Path now <b>{value(target.path, kpi)}</b></> : target ? 'Its path has not begun' : kpi.courseText}</span>
        {target && <span className="course-text" title={kpi.courseText ?? undefined}>{kpi.courseText}</span>}
      </div>
      <div className="kpi-card-foot">
        <span>{target?.value != null ? <>Target <b>{value(target.value, kpi)}</b>{target.by && <> by {day(target.by)}</>}</> : 'Its definition can set a target'}</span>
        {kpi.review && <span>{kpi.review}</span>}
      </div>
      <div className="kpi-card-foot">
        <span>{kpi.owner ?? 'No owner'}</span>
        <span title={kpi.freshness.watermark ? `Data until ${day(kpi.freshness.watermark)}` : undefined}><Shape kind="state" of={kpi.freshness.state} />{kpi.freshness.text}</span>
      </div>
    </article>
  );
}

function valueTitle(kpi: KPIStatus): string {
  if (kpi.value === null) return 'There is no complete period with data yet.';
  const bounds = interval(kpi.low, kpi.high, kpi);
  return [value(kpi.value, kpi, 'full'), kpi.period && `in ${kpi.period.label}`, bounds && `95 % interval ${bounds}`, kpi.n !== null && `n ${integer(kpi.n)}`].filter(Boolean).join(', ');
}
