import { useEffect, useState } from 'react';
import type { Person, PersonEvent } from '../../../api/behaviour';
import { Failure, failureOf, read, withQuery } from '../../../api/request';
import { useSession } from '../../../api/session';
import { useRequest } from '../../../api/useRequest';
import { day, moment } from '../../../format/dates';
import { integer, plural } from '../../../format/numbers';
import { Card } from '../../../parts/Card';
import { CsvButton } from '../../../parts/CsvButton';
import { FailureNote, Loading, Skeleton } from '../../../parts/Waiting';

const pageSize = '50';
const path = (source: string, id: string, before?: string): string => withQuery('/person', { source, id, before, limit: pageSize });

/** One person: by which ids they are known, what is known of them, and what they did, the latest first. */
export function PersonCard({ source, id }: { source: string; id: string }): JSX.Element {
  const { zone } = useSession().workspace;
  const person = useRequest<Person>(path(source, id));
  return (
    <Loading of={person} skeleton={<Skeleton height={420} />}>
      {(data) => (
        <Card className="person" title={data.id} about={`${plural(data.events, 'event')} from ${moment(data.first_seen, zone)} to ${moment(data.last_seen, zone)}`}
          tools={<CsvButton name={`person-${data.id}`} head={['time', 'event', 'kind', 'path', 'country', 'properties']} rows={() => data.timeline.map((each) => [each.time, each.event, each.kind, each.path, each.country, JSON.stringify(each.properties)])} />}>
          <dl className="person-about">
            <div><dt>Known as</dt><dd>{data.ids.map((each) => <code key={each}>{each}</code>)}</dd></div>
            {Object.entries(data.traits ?? {}).map(([name, trait]) => <div key={name}><dt>{name}</dt><dd>{shown(trait)}</dd></div>)}
          </dl>
          <Timeline source={source} person={data} zone={zone} />
        </Card>
      )}
    </Loading>
  );
}

function Timeline({ source, person, zone }: { source: string; person: Person; zone: string }): JSX.Element {
  const [more, setMore] = useState<PersonEvent[]>([]);
  const [next, setNext] = useState(person.next);
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => { setMore([]); setNext(person.next); }, [person]);
  const load = (): void => {
    if (next === null) return;
    read<Person>(path(source, person.id, next)).then(
      (answer) => { setMore((now) => [...now, ...answer.timeline]); setNext(answer.next); setFailure(undefined); },
      (reason: unknown) => setFailure(failureOf(reason)));
  };
  const days = byDay([...person.timeline, ...more], zone);
  return (
    <div className="timeline">
      {days.map(({ date, events }) => (
        <section key={date} aria-label={date}>
          <h3>{date} <small>{plural(events.length, 'event')}</small></h3>
          <ol>{events.map((event, index) => <TimelineEvent key={event.time + index} event={event} zone={zone} />)}</ol>
        </section>
      ))}
      {failure && <FailureNote failure={failure} again={load} />}
      {next !== null && !failure && <button type="button" className="button small" onClick={load}>Earlier events</button>}
      {next === null && <p className="fine">{integer(person.timeline.length + more.length)} events, all there are.</p>}
    </div>
  );
}

function TimelineEvent({ event, zone }: { event: PersonEvent; zone: string }): JSX.Element {
  const entries = Object.entries(event.properties);
  return (
    <li>
      <time dateTime={event.time}>{moment(event.time, zone).slice(-5)}</time>
      <div><p><b>{event.event}</b>{event.path && <span className="mono">{event.path}</span>}{event.country && <span>{event.country}</span>}</p>
        {entries.length > 0 && <ul className="event-properties">{entries.map(([name, value]) => <li key={name}><span>{name}</span> {shown(value)}</li>)}</ul>}</div>
    </li>
  );
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function byDay(events: readonly PersonEvent[], zone: string): { date: string; events: PersonEvent[] }[] {
  const days: { date: string; events: PersonEvent[] }[] = [];
  for (const event of events) {
    const date = zone === '' ? day(event.time) : moment(event.time, zone).slice(0, -7);
    const last = days[days.length - 1];
    if (last?.date === date) last.events.push(event); else days.push({ date, events: [event] });
  }
  return days;
}
