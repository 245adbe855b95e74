import { useId } from 'react';
import type { KPIStatus, ObjectiveEntry } from '../../api/types';
import { day } from '../../format/dates';
import { Icon } from '../../parts/Icon';
import { KPICard } from './KPICard';

/** An objective and the KPIs that measure it. */
export function ObjectiveGroup({ objective, kpis }: { objective: ObjectiveEntry | undefined; kpis: KPIStatus[] }): JSX.Element {
  const heading = useId();
  const isOnCourse = kpis.filter((kpi) => kpi.course === 'on_course').length;
  return (
    <section className="objective" aria-labelledby={heading}>
      <header>
        <span className="objective-icon"><Icon name={objective ? 'target' : 'layers'} size={16} /></span>
        <h2 id={heading} title={objective?.is ?? undefined}>{objective?.title ?? 'Without an objective'}</h2>
        <p>
          {[objective?.owner, objective?.by && `by ${day(objective.by)}`, `${isOnCourse} of ${kpis.length} on course`].filter(Boolean).map((part, index) => (
            <span key={String(part)}>{index > 0 && <i className="dot">·</i>}{part}</span>
          ))}
        </p>
      </header>
      <div className="cards">{kpis.map((kpi) => <KPICard key={kpi.kpi} kpi={kpi} level={3} />)}</div>
    </section>
  );
}
