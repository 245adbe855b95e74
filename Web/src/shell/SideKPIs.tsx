import { useId } from 'react';
import type { Scorecard } from '../api/types';
import { useRequest } from '../api/useRequest';
import { look, Shape } from '../parts/Status';
import { Link, useLocation } from '../routing/location';

const most = 12;

/** The KPIs in the side navigation, each with where it stands: one step from any page to any of them. */
export function SideKPIs(): JSX.Element | null {
  const heading = useId();
  const { path } = useLocation();
  const kpis = useRequest<Scorecard>('/scorecard').data?.kpis ?? [];
  if (kpis.length === 0) return null;
  return (
    <div className="side-kpis">
      <h2 id={heading}>KPIs</h2>
      <ul aria-labelledby={heading}>
        {kpis.slice(0, most).map((kpi) => {
          const href = `/kpi/${encodeURIComponent(kpi.kpi)}`;
          return (
            <li key={kpi.kpi}>
              <Link href={href} aria-current={path === href ? 'page' : undefined} title={`${kpi.title}: ${look('course', kpi.course).words}`}>
                <Shape kind="course" of={kpi.course} /><span>{kpi.title}</span><span className="sr">{look('course', kpi.course).words}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
