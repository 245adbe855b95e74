import type { Counted, LatestEvent, Live } from '../../api/intake';
import { useSession } from '../../api/session';
import { moment } from '../../format/dates';
import { decimal, integer, plural } from '../../format/numbers';
import { Card } from '../../parts/Card';
import { TableBox } from '../../parts/TableBox';

/** The numbers of now. They change every second, so nothing of it is announced by itself. */
export function LiveView({ live }: { live: Live }): JSX.Element {
  const recent = live.minutes.slice(-6, -1), rate = recent.reduce((sum, each) => sum + each, 0) / Math.max(1, recent.length);
  return (
    <>
      <section className="card live-head" aria-label="Active now">
        <dl>
          <div><dt>Active in 5 minutes</dt><dd className="live-number">{integer(live.active_5)}</dd></div>
          <div><dt>Active in 30 minutes</dt><dd className="live-number">{integer(live.active_30)}</dd></div>
          <div><dt>Events a minute</dt><dd className="live-number">{decimal(rate, rate > 0 && rate < 10 ? 1 : 0)}</dd></div>
        </dl>
        <Minutes minutes={live.minutes} />
      </section>
      <div className="live-lists">
        <TopList title="Pages" rows={live.pages} none="No page was viewed." />
        <TopList title="Events" rows={live.events} none="No event came." />
        <TopList title="From where" rows={live.referrers} none="Nobody came from another site." nothing="directly" />
        <TopList title="Countries" rows={live.countries} none="No country is known." nothing="unknown" />
      </div>
      <Latest events={live.latest} />
    </>
  );
}

/** Half an hour of minutes as bars, the running one lighter. */
function Minutes({ minutes }: { minutes: number[] }): JSX.Element {
  const most = Math.max(1, ...minutes), step = 100 / minutes.length;
  const peak = minutes.indexOf(Math.max(...minutes));
  return (
    <figure className="live-minutes">
      <svg role="img" width="100%" height="92" preserveAspectRatio="none" viewBox="0 0 100 92" aria-label={`Events a minute in the last ${minutes.length} minutes: ${integer(minutes.reduce((sum, each) => sum + each, 0))} in all, at most ${integer(most)} in one`}>
        {minutes.map((count, index) => { const high = count === 0 ? 1 : Math.max(2, (count / most) * 88); return <rect key={index} className={index === minutes.length - 1 ? 'minute running' : 'minute'} x={index * step + step * 0.13} width={step * 0.74} y={92 - high} height={high}><title>{`${minutes.length - 1 - index === 0 ? 'this minute' : `${minutes.length - 1 - index} min ago`}: ${integer(count)}`}</title></rect>; })}
      </svg>
      <figcaption><span>30 min ago</span><span>most: {plural(minutes[peak] ?? 0, 'event')} a minute</span><span>now</span></figcaption>
    </figure>
  );
}

function TopList({ title, rows, none, nothing = '–' }: { title: string; rows: Counted[]; none: string; nothing?: string }): JSX.Element {
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <Card title={title} className="top-list">
      {rows.length === 0 ? <p className="quiet">{none}</p> : (
        <ol>{rows.slice(0, 10).map((row) => (
          <li key={row.name ?? ''}><svg width="100%" height="100%" preserveAspectRatio="none" aria-hidden="true"><rect width={`${(row.count / most) * 100}%`} height="100%" rx="5" /></svg><span>{row.name ?? nothing}</span><b>{integer(row.count)}</b></li>
        ))}</ol>
      )}
    </Card>
  );
}

function Latest({ events }: { events: LatestEvent[] }): JSX.Element {
  const { zone } = useSession().workspace;
  const hasCountry = events.some((event) => event.country !== null), hasDevice = events.some((event) => event.device !== null);
  return (
    <Card title="Latest events" about="The newest first" className="latest">
      <TableBox label="Latest events, data">
        <table className="data">
          <caption className="sr">The latest events</caption>
          <thead><tr><th scope="col">Time</th><th scope="col">Event</th><th scope="col">Person</th><th scope="col">Page</th>{hasCountry && <th scope="col" className="minor">Country</th>}{hasDevice && <th scope="col" className="minor">Device</th>}</tr></thead>
          <tbody>{events.map((event, index) => <tr key={event.time + (event.person ?? '') + event.event + index}><th scope="row">{seconds(event.time, zone)}</th><td><b>{event.event}</b></td><td className="mono"><span className="clipped" title={event.person ?? undefined}>{event.person ?? '–'}</span></td><td className="mono"><span className="clipped" title={event.path ?? undefined}>{event.path ?? '–'}</span></td>{hasCountry && <td className="minor">{event.country ?? '–'}</td>}{hasDevice && <td className="minor">{event.device ?? '–'}</td>}</tr>)}</tbody>
        </table>
      </TableBox>
    </Card>
  );
}

/** The time with its seconds, in the workspace's zone: `14:03:07`. */
const seconds = (time: string, zone: string): string => `${moment(time, zone).slice(-5)}:${/T\d\d:\d\d:(\d\d)/.exec(time)?.[1] ?? '00'}`;
