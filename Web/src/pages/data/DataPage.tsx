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
        A source is a table that you import. Describe it in a file of the definitions folder; then its data can be uploaded here
        or with <code>yardstick import</code>. This is enough to begin:
      </EmptyState>
      <pre className="source-text centred" tabIndex={0} aria-label="Example of a source">{'source: orders\nis: One row per order line of the shop.\nfrom: { csv: "imports/orders*.csv.gz" }\ntime: ordered_at\n'}</pre>
    </>
  );
}
