import type { Intake } from '../../api/intake';
import { useSession } from '../../api/session';
import { useRequest } from '../../api/useRequest';
import { moment } from '../../format/dates';
import { integer } from '../../format/numbers';
import { Icon } from '../../parts/Icon';
import { Link } from '../../routing/location';

/** A source of events in short: what came in two days, what was refused, and the way to all of it. */
export function EventsSummary({ source }: { source: string }): JSX.Element {
  const { zone } = useSession().workspace;
  const intake = useRequest<Intake>(`/sources/${encodeURIComponent(source)}/intake`).data;
  const isEmpty = intake !== undefined && intake.rows === 0 && intake.quarantined === 0;
  const volume = intake?.volume ?? [], most = Math.max(1, ...volume.map((each) => each.events)), step = 100 / Math.max(1, volume.length);
  return (
    <div className="import events-summary">
      <svg width="100%" height="54" viewBox="0 0 100 54" preserveAspectRatio="none" role="img" aria-label={intake ? `Events an hour in the last 48 hours: ${integer(volume.reduce((sum, each) => sum + each.events, 0))} in all` : 'Events an hour'}>
        {volume.map((each, index) => { const high = Math.max(1, (each.events / most) * 52); return <rect key={each.start} className={index === volume.length - 1 ? 'minute running' : 'minute'} x={index * step + step * 0.13} width={step * 0.74} y={54 - high} height={high} />; })}
      </svg>
      <p className="fine">{intake ? <>Last 48 hours · last received {intake.last_received ? moment(intake.last_received, zone) : 'never'}{intake.quarantined > 0 && <> · <span className="watch">{integer(intake.quarantined)} refused</span></>}</> : ' '}</p>
      <p className="events-links"><Link className="button small" href={`/data/${encodeURIComponent(source)}`}><Icon name="list-tree" size={14} />{isEmpty ? 'How to send events' : 'Events, refusals, keys'}</Link><Link className="button small" href={`/live?source=${encodeURIComponent(source)}`}><Icon name="radio" size={14} />Live</Link></p>
    </div>
  );
}
