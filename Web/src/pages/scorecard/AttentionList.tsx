import { useId } from 'react';
import type { Scorecard } from '../../api/types';
import { Icon } from '../../parts/Icon';
import { look, Shape } from '../../parts/Status';
import { Link } from '../../routing/location';

/** What needs somebody first, in the server's order: each a sentence and a link. */
export function AttentionList({ scorecard }: { scorecard: Scorecard }): JSX.Element | null {
  const heading = useId();
  const rows = scorecard.attention.flatMap((each) => {
    const kpi = scorecard.kpis.find((status) => status.kpi === each.kpi);
    return kpi ? [{ kpi, text: each.text }] : [];
  });
  if (rows.length === 0) {
    const isAllGood = scorecard.kpis.every((kpi) => kpi.course === 'on_course');
    return isAllGood ? <p className="all-good"><Icon name="circle-check" size={15} />Every KPI is on its course.</p> : null;
  }
  return (
    <section className="card attention" aria-labelledby={heading}>
      <h2 id={heading}>Needs attention first</h2>
      <ol>
        {rows.slice(0, 6).map(({ kpi, text }) => (
          <li key={kpi.kpi}>
            <Link href={`/kpi/${encodeURIComponent(kpi.kpi)}`}>
              <span className={`attention-mark ${look('course', kpi.course).tone}`}><Shape kind="course" of={kpi.course} /></span>
              <span className="attention-text"><b>{kpi.title}</b> <span>{text}</span></span>
              <Icon name="chevron-right" size={15} />
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
