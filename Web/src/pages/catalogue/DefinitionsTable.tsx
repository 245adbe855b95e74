import { Fragment } from 'react';
import { Status } from '../../parts/Status';
import { Link } from '../../routing/location';
import type { Entry } from './entries';

/** The catalogue as a table; on a phone each row becomes a small card. */
export function DefinitionsTable({ entries }: { entries: Entry[] }): JSX.Element {
  return (
    <div className="card table-card">
      <table className="list">
        <caption className="sr">Metrics and KPIs</caption>
        <thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Owner</th><th scope="col">Unit</th><th scope="col">Health</th><th scope="col">Used by, serves</th></tr></thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.key}>
              <th scope="row"><Link href={entry.href}>{entry.title}</Link>{entry.is && <p>{entry.is}</p>}</th>
              <td><span className={`kind ${entry.kind === 'KPI' ? 'kpi' : ''}`}>{entry.kind}</span></td>
              <td data-label="Owner">{entry.owner}</td>
              <td data-label="Unit">{entry.unit}</td>
              <td title={entry.findings.map((finding) => finding.message).join('\n') || undefined}><Status kind="health" of={entry.health} isPlain /></td>
              <td data-label={entry.serves ? 'Serves' : 'Used by'} className={entry.usedBy.length === 0 && !entry.serves ? 'unused' : undefined}>
                {entry.serves ? <span className="quiet">{entry.serves}</span> : entry.usedBy.length === 0 ? <span className="quiet">–</span>
                  : entry.usedBy.slice(0, 3).map((kpi, index) => <Fragment key={kpi.id}>{index > 0 && ', '}<Link href={`/kpi/${encodeURIComponent(kpi.id)}`}>{kpi.title}</Link></Fragment>)}
                {entry.usedBy.length > 3 && <span className="quiet"> and {entry.usedBy.length - 3} more</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
