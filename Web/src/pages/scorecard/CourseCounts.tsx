import type { KPIStatus } from '../../api/types';
import { courseOrder, look, Shape } from '../../parts/Status';

/** How many KPIs stand where, in one line. */
export function CourseCounts({ kpis }: { kpis: KPIStatus[] }): JSX.Element {
  const counts = courseOrder.map((course) => ({ course, count: kpis.filter((kpi) => kpi.course === course).length })).filter((each) => each.count > 0);
  return (
    <ul className="counts" aria-label="KPIs by course">
      {counts.map(({ course, count }) => (
        <li key={course}><Shape kind="course" of={course} /><b>{count}</b> {look('course', course).words.toLowerCase()}</li>
      ))}
    </ul>
  );
}
