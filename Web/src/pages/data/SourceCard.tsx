import type { SourceEntry } from '../../api/types';
import { useSession } from '../../api/session';
import { moment } from '../../format/dates';
import { integer, plural } from '../../format/numbers';
import { Card } from '../../parts/Card';
import { Status } from '../../parts/Status';
import { TableBox } from '../../parts/TableBox';
import { ImportForm } from './ImportForm';
import { EventsSummary } from './EventsSummary';

/** One source: size, freshness, quality, columns, imports, and a place to drop a new file. */
export function SourceCard({ source }: { source: SourceEntry }): JSX.Element {
  const { zone } = useSession().workspace;
  return (
    <Card className="source" title={source.name} about={source.is ?? undefined} tools={<Status kind="state" of={source.state} />}>
      <dl className="source-facts">
        <div><dt>Rows</dt><dd>{integer(source.rows)}</dd></div>
        <div><dt>Data until</dt><dd>{source.watermark ? moment(source.watermark, zone) : 'nothing yet'}</dd></div>
        <div><dt>Owner</dt><dd>{source.owner ?? 'nobody yet'}</dd></div>
        <div><dt>From</dt><dd className="mono">{source.from}</dd></div>
      </dl>
      <div className="source-body">
        <div>
          {source.quality.length > 0 && <Quality source={source} />}
          <details className="source-columns">
            <summary>{plural(source.columns.length, 'column')}</summary>
            <table className="data"><caption className="sr">Columns of {source.name}</caption>
              <thead><tr><th scope="col">Column</th><th scope="col">Type</th></tr></thead>
              <tbody>{source.columns.map((column) => <tr key={column.name}><th scope="row" className="mono">{column.name}</th><td>{column.type}</td></tr>)}</tbody>
            </table>
          </details>
          {source.imports.length > 0 && <Imports source={source} zone={zone} />}
        </div>
        {source.takes === 'files' && <ImportForm source={source.name} />}
        {source.takes === 'events' && <EventsSummary source={source.name} />}
      </div>
    </Card>
  );
}

function Quality({ source }: { source: SourceEntry }): JSX.Element {
  return (
    <ul className="quality" aria-label={`Quality of ${source.name}`}>
      {source.quality.map((result) => <li key={result.check}><Status kind="quality" of={result.state} isPlain /><div><b>{result.check}</b><span>{result.text}</span></div></li>)}
    </ul>
  );
}

function Imports({ source, zone }: { source: SourceEntry; zone: string }): JSX.Element {
  return (
    <TableBox label={`Imports of ${source.name}`}>
      <table className="data">
        <caption className="sr">Imports of {source.name}</caption>
        <thead><tr><th scope="col">File</th><th scope="col">Rows</th><th scope="col">Refused</th><th scope="col">Imported</th></tr></thead>
        <tbody>
          {source.imports.slice(0, 8).map((each) => (
            <tr key={each.file + each.at}><th scope="row" className="mono">{each.file}</th><td>{integer(each.rows)}</td><td className={each.refused > 0 ? 'watch' : undefined}>{integer(each.refused)}</td><td>{moment(each.at, zone)}</td></tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}
