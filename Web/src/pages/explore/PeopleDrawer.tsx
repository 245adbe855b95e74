import type { PeopleBehind } from '../../api/behaviour';
import { useRequest } from '../../api/useRequest';
import { useSession } from '../../api/session';
import { moment } from '../../format/dates';
import { integer, plural } from '../../format/numbers';
import { CsvButton } from '../../parts/CsvButton';
import { Drawer } from '../../parts/Drawer';
import { EmptyState, FailureNote, Skeleton, Waiting } from '../../parts/Waiting';
import { page, pageSize } from '../../panels/rows';
import { Pager } from '../../parts/Pager';
import { Link, setQuery, useLocation } from '../../routing/location';
import { answerPath } from './definition';
import type { Known } from './inventory';
import type { Asked } from './asked';

/** The people behind a step or a cell, each with a way to their timeline; the address says which. */
export function PeopleDrawer({ asked, yaml, known }: { asked: Asked; yaml: string | undefined; known: Known }): JSX.Element | null {
  const { query } = useLocation();
  const people = query.get('people');
  if (people === null) return null;
  return <Open asked={asked} yaml={yaml} known={known} people={people} of={query.get('of') ?? ''} offset={Math.max(0, Number(query.get('offset')) || 0)} />;
}

type Behind = PeopleBehind['people'][number];
type Moment = readonly [key: string, of: (person: Behind) => string | null | undefined, words: string];
const begun: readonly Moment[] = [['began', (each) => each.entered ?? each.began, 'Began']];
const spanned: readonly Moment[] = [['first', (each) => each.first, 'First'], ['last', (each) => each.last, 'Last']];

function Open({ asked, yaml, known, people, of, offset }: { asked: Asked; yaml: string | undefined; known: Known; people: string; of: string; offset: number }): JSX.Element {
  const { zone } = useSession().workspace;
  const parameters = Object.fromEntries(new URLSearchParams(people));
  const answer = useRequest<PeopleBehind>(answerPath(`/${asked.kind}/people`, asked, yaml, known.type, true, { ...parameters, offset: offset > 0 ? String(offset) : undefined }));
  const close = (): void => setQuery({ people: undefined, of: undefined, offset: undefined });
  const { data } = answer;
  const times = asked.kind === 'segment' ? spanned : begun;
  const { from, to, before, after } = page(offset, data?.people.length ?? 0, data?.total ?? 0);
  return (
    <Drawer title="People behind this number" about={of} closes="Close the people" onClose={close}>
      {answer.failure ? (answer.failure.status === 403 ? <EmptyState icon="lock" title="Your account may not see single people">{answer.failure.message}</EmptyState> : <FailureNote failure={answer.failure} again={answer.reload} />)
        : !data ? <Waiting><Skeleton height={320} /></Waiting> : (
          <>
            <div className="rows-about"><p role="status">{data.total === 0 ? 'Nobody' : plural(data.total, data.entity, data.entity === 'person' ? 'people' : `${data.entity}s`)}</p><CsvButton name="people" head={['id', ...times.map(([key]) => key), 'times']} rows={() => data.people.map((each) => [each.id, ...times.map(([, of]) => of(each)), each.times])} /></div>
            <div className={answer.isLoading ? 'table-box rows-box is-refreshing' : 'table-box rows-box'} tabIndex={0} role="region" aria-label="People">
              <table className="data rows-table people-table">
                <caption className="sr">People {from} to {to}</caption>
                <thead><tr><th scope="col">{data.entity}</th>{times.map(([key, , words]) => <th key={key} scope="col">{words}</th>)}<th scope="col" className="number">Times</th></tr></thead>
                <tbody>{data.people.map((each, index) => <tr key={each.id ?? index}><th scope="row">{each.id === null ? '–' : <Link className="person-link" href={`/explore/people?${new URLSearchParams({ ...(known.source ? { source: known.source } : {}), id: each.id }).toString()}`}>{each.id}</Link>}</th>{times.map(([key, of]) => <td key={key}>{moment(of(each), zone)}</td>)}<td className="number">{integer(each.times)}</td></tr>)}</tbody>
              </table>
            </div>
            {data.total > pageSize && (
              <Pager label="Pages of people" from={from} to={to} total={data.total} before={before} after={after} />
            )}
          </>
        )}
    </Drawer>
  );
}
