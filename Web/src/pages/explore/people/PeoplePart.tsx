import type { Sources } from '../../../api/types';
import type { PeopleList } from '../../../api/behaviour';
import { withQuery } from '../../../api/request';
import { useSession } from '../../../api/session';
import { useAnswer } from '../../../api/useAnswer';
import { moment } from '../../../format/dates';
import { integer } from '../../../format/numbers';
import { PanelEmpty } from '../../../panels/PanelCard';
import { Choice } from '../../../parts/Segments';
import { EmptyState, FailureNote, Skeleton } from '../../../parts/Waiting';
import { Link, setQuery, useLocation } from '../../../routing/location';
import { SearchField } from '../../catalogue/SearchField';
import { Foldable } from '../builder/Fold';
import { PersonCard } from './PersonCard';

/** Finds people, and shows what one of them did. */
export function PeoplePart({ source, sources }: { source: string; sources: Sources['sources'] }): JSX.Element {
  const { zone } = useSession().workspace;
  const { query } = useLocation();
  const search = query.get('search') ?? '', id = query.get('id') ?? undefined;
  const people = useAnswer<PeopleList>(withQuery('/people', { source, search }));
  const first = id ?? people.data?.people[0]?.id;
  return (
    <div className="explore people">
      <Foldable of={id} sentence={`The person ${id ?? ''}`} canFold={id !== undefined} done="Show the person">
        <section className="card builder" aria-label="Find people">
          {sources.length > 1 && <Choice label="From" value={source} options={sources.map((each) => [each.name, each.name] as const)} onChange={(name) => setQuery({ source: name, id: undefined })} />}
          <SearchField label="Search people by an id" value={search} onChange={(text) => setQuery({ search: text === '' ? undefined : text }, 'replace')} />
          {people.failure?.status === 403 ? <PanelEmpty icon="lock">Your account may not see single people; an administrator can give you a role that does.</PanelEmpty> : people.failure ? <FailureNote failure={people.failure} again={people.reload} /> : !people.data ? <Skeleton height={300} /> : (
            <>
              <p className="fine" role="status">{people.data.total === 0 ? 'Nobody is known by that' : `${integer(people.data.total)} ${people.data.total === 1 ? 'person' : 'people'}, the latest first`}</p>
              <ul className={people.isLoading ? 'person-list is-refreshing' : 'person-list'}>
                {people.data.people.map((person) => (
                  <li key={person.id}><Link href={`/explore/people?${new URLSearchParams({ source, ...(search ? { search } : {}), id: person.id }).toString()}`} aria-current={person.id === first ? 'true' : undefined}>
                    <b>{person.id}</b><span>{integer(person.events)} events, last {moment(person.last_seen, zone)}</span></Link></li>
                ))}
              </ul>
            </>
          )}
        </section>
      </Foldable>
      <div className="explore-answer">
        {first !== undefined ? <PersonCard key={first} source={source} id={first} /> : people.data && <EmptyState icon="user" title="Nobody to show">{search === '' ? 'People appear here when their first event comes in.' : 'No id, e-mail address or name begins with that.'}</EmptyState>}
      </div>
    </div>
  );
}
