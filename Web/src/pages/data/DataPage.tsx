import type { Sources } from '../../api/types';
import { useRequest } from '../../api/useRequest';
import { integer, plural } from '../../format/numbers';
import { PageHead } from '../../parts/PageHead';
import { EmptyState, Loading, Skeleton } from '../../parts/Waiting';
import { SourceCard } from './SourceCard';

/** What the numbers are made of: sources, how fresh they are, what was imported and refused. */
export function DataPage(): JSX.Element {
  const sources = useRequest<Sources>('/sources');
  const all = sources.data?.sources ?? [];
  return (
    <>
      <PageHead title="Data" about={all.length > 0 ? `${plural(all.length, 'source')}, ${integer(all.reduce((sum, source) => sum + source.rows, 0))} rows` : 'Sources, imports and their quality'} />
      <Loading of={sources} skeleton={<div className="sources"><Skeleton height={260} count={3} /></div>}>
        {(data) => (data.sources.length === 0 ? <NoSources /> : <div className="sources">{data.sources.map((source) => <SourceCard key={source.name} source={source} />)}</div>)}
      </Loading>
    </>
  );
}

function NoSources(): JSX.Element {
  return (
    <>
      <EmptyState icon="database" title="No sources yet">
        A source is a table that you import, or the events that applications send. Describe it in a file of the definitions folder; then files can be
        dropped here, and applications get their keys. One of these is enough to begin:
      </EmptyState>
      <div className="first-sources">
        <pre className="source-text" tabIndex={0} aria-label="Example of a source of files">{'source: orders\nis: One row per order line of the shop.\nfrom: { csv: "imports/orders*.csv.gz" }\ntime: ordered_at\n'}</pre>
        <pre className="source-text" tabIndex={0} aria-label="Example of a source of events">{'source: app\nis: What people do in the product.\nfrom: events\n'}</pre>
      </div>
    </>
  );
}
