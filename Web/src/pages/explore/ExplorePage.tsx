import { useEffect, useRef, useState } from 'react';
import type { Sources } from '../../api/types';
import { useRequest } from '../../api/useRequest';
import { Icon } from '../../parts/Icon';
import { PageHead } from '../../parts/PageHead';
import { Warnings } from '../../parts/Warnings';
import { EmptyState, Loading, Skeleton } from '../../parts/Waiting';
import { Link, useLocation } from '../../routing/location';
import { readFilters } from './asked';
import { isSegment } from './conditions';
import { eventColumn } from './inventory';
import { kindNames, kinds, type Kind } from './kinds';
import { MetricsPart } from './MetricsPart';
import { PeoplePart } from './people/PeoplePart';
import { QuestionPart } from './QuestionPart';

/** Questions about what people do, answered while they are changed. */
export function ExplorePage({ kind }: { kind: Kind }): JSX.Element {
  const { query } = useLocation();
  const sources = useRequest<Sources>('/sources');
  const [tools, setTools] = useState<HTMLElement | null>(null);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${kinds[kind].title} · Explore · Yardstick`;
    // On a narrow window the questions are a row that scrolls: the one that is asked is in its middle.
    const row = nav.current, current = row?.querySelector<HTMLElement>('[aria-current]');
    if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }, [kind]);
  return (
    <>
      <PageHead title="Explore" about={kinds[kind].about} tools={<div ref={setTools} className="explore-actions" />} />
      <nav ref={nav} className="kinds" aria-label="Questions">
        <ul>{kindNames.map((each) => <li key={each}><Link href={`/explore/${each}${kept(query, kind, each)}`} aria-current={each === kind ? 'page' : undefined}><Icon name={kinds[each].icon} size={15} />{kinds[each].title}</Link></li>)}</ul>
      </nav>
      {kind === 'metrics' ? <MetricsPart /> : (
        <Loading of={sources} skeleton={<Skeleton height={460} />}>
          {(data) => {
            const all = ordered(data.sources);
            const source = all.find((each) => each.name === query.get('source')) ?? all[0];
            if (!source) return <NoSource />;
            const wanted = query.get('source');
            return (
              <>
                {wanted !== null && wanted !== source.name && <Warnings label="Warnings" texts={[`There is no source of events named “${wanted}”; what follows is about ${source.name}.`]} />}
                {kind === 'people' ? <PeoplePart source={source.name} sources={all} /> : <QuestionPart key={`${kind} ${source.name}`} kind={kind} entry={source} sources={all} every={data.sources} tools={tools} />}
              </>
            );
          }}
        </Loading>
      )}
    </>
  );
}

/** What stays when the kind of question changes: the source, the range, the segment; metrics have ranges of their own. */
function kept(query: URLSearchParams, from: Kind, to: Kind): string {
  const left = new URLSearchParams();
  for (const name of from === to || (from !== 'metrics' && to !== 'metrics') ? ['source', 'range', 'filter'] : ['source']) { const value = query.get(name); if (value !== null) left.set(name, value); }
  // A segment is not made of segments.
  const filters = readFilters(left.get('filter')), own = filters.filter((each) => !isSegment(each));
  if (to === 'segment' && own.length < filters.length) { if (own.length > 0) left.set('filter', JSON.stringify(own)); else left.delete('filter'); }
  const text = left.toString();
  return text === '' ? '' : `?${text}`;
}

/** Sources that take events, then imported tables that say what was done. */
const ordered = (sources: Sources['sources']): Sources['sources'] =>
  sources.filter((source) => source.takes === 'events' || eventColumn(source) !== undefined).sort((a, b) => Number(b.takes === 'events') - Number(a.takes === 'events') || b.rows - a.rows);

function NoSource(): JSX.Element {
  return (
    <EmptyState icon="compass" title="Nothing to explore yet" action={<Link className="button primary" href="/data"><Icon name="database" size={15} />Open the data page</Link>}>
      Questions about behaviour need a source of events: what people did, and when. The data page says how to send or import them.
    </EmptyState>
  );
}
