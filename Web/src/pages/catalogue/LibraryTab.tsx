import { useMemo } from 'react';
import type { Catalogue, Library, LibraryEntry } from '../../api/types';
import { useRequest } from '../../api/useRequest';
import { plural } from '../../format/numbers';
import { EmptyState, Loading, Skeleton } from '../../parts/Waiting';
import { useQueryState } from '../../routing/location';
import { LibraryCard } from './LibraryCard';
import { SearchField } from './SearchField';

/** The KPIs that ship with the program; adding one writes a file for the workspace to adapt. */
export function LibraryTab(): JSX.Element {
  const library = useRequest<Library>('/library');
  const catalogue = useRequest<Catalogue>('/catalogue');
  const [text, setText] = useQueryState('q', '', 'replace');
  const shown = useMemo(() => matching(library.data?.entries ?? [], text), [library.data, text]);
  const known = useMemo(() => new Set([...(catalogue.data?.metrics ?? []), ...(catalogue.data?.kpis ?? [])].map((entry) => entry.id)), [catalogue.data]);
  const sources = useMemo(() => catalogue.data?.sources.map((source) => source.name) ?? [], [catalogue.data]);
  return (
    <>
      <div className="filters">
        <SearchField label="Search the library" value={text} onChange={setText} />
        {library.data && <p className="filters-count" role="status">{plural(shown.length, 'entry', 'entries')}</p>}
      </div>
      <Loading of={library} skeleton={<div className="library"><Skeleton height={250} count={6} /></div>}>
        {() => (shown.length === 0
          ? <EmptyState icon="search" title="Nothing fits">No entry has all of these words. Write the definition by hand instead: one file in the definitions folder.</EmptyState>
          : <div className="library">{shown.map((entry) => <LibraryCard key={entry.id} entry={entry} isThere={known.has(entry.id)} sources={sources} />)}</div>)}
      </Loading>
    </>
  );
}

function matching(all: LibraryEntry[], text: string): LibraryEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((entry) => words.every((word) => `${entry.title} ${entry.variant ?? ''} ${entry.is} ${entry.id} ${entry.formula} ${entry.use}`.toLowerCase().includes(word)));
}
