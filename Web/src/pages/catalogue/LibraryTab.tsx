import { useMemo } from 'react';
import type { Library } from '../../api/types';
import { useRequest } from '../../api/useRequest';
import { plural } from '../../format/numbers';
import { Choice } from '../../parts/Segments';
import { EmptyState, Loading, Skeleton } from '../../parts/Waiting';
import { setQuery, useQueryState } from '../../routing/location';
import { LibraryCard } from './LibraryCard';
import { families, matching } from './library';
import { SearchField } from './SearchField';
import { useWorkspaceNames } from './useWorkspaceNames';

/** The KPIs that ship with the program; adding one writes a file for the workspace to adapt. */
export function LibraryTab(): JSX.Element {
  const library = useRequest<Library>('/library');
  const { known, sources } = useWorkspaceNames();
  const [text, setText] = useQueryState('q', '', 'replace');
  const [family, setFamily] = useQueryState('family', '');
  const all = library.data?.entries ?? [];
  const shown = useMemo(() => matching(all, text, family), [all, text, family]);
  const groups = useMemo(() => families(all), [all]);
  const titles = useMemo(() => new Map(all.map((entry) => [entry.id, entry.variant ? `${entry.title}, ${entry.variant}` : entry.title])), [all]);
  return (
    <>
      <div className="filters">
        <SearchField label="Search the library" value={text} onChange={setText} />
        {groups.length > 1 && <Choice label="Family" value={family} options={[['', 'All'], ...groups.map((group) => [group.id, `${group.title} (${group.count})`] as const)]} onChange={setFamily} />}
        {library.data && <p className="filters-count" role="status">{plural(shown.length, 'entry', 'entries')}{shown.length < all.length && ` of ${all.length}`}</p>}
      </div>
      <Loading of={library} skeleton={<div className="library"><Skeleton height={250} count={6} /></div>}>
        {() => (shown.length === 0
          ? <EmptyState icon="search" title="Nothing fits" action={<button type="button" className="button" onClick={() => setQuery({ q: undefined, family: undefined })}>Clear search and family</button>}>No entry has all of these words. Write the definition by hand instead: one file in the definitions folder.</EmptyState>
          : <div className="library">{shown.map((entry) => <LibraryCard key={entry.id} entry={entry} isThere={known.has(entry.id)} sources={sources} titles={titles} />)}</div>)}
      </Loading>
    </>
  );
}
