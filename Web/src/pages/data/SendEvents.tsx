import { isAdministrator, useSession } from '../../api/session';
import { Icon } from '../../parts/Icon';
import { Link } from '../../routing/location';
import { Snippets } from './Snippets';

/** Says how applications send events into a source: a key, and the client that they have. */
export function SendEvents({ source, hasKeys = false }: { source: string; hasKeys?: boolean }): JSX.Element {
  const { account } = useSession();
  return (
    <div className="import">
      <p>Applications send into this source, with the client of Segment, RudderStack, PostHog, Plausible or Umami, or with a plain request. Each needs a write key{hasKeys ? ', made above.' : isAdministrator(account) ? ':' : ', which an administrator makes:'}</p>
      {hasKeys ? null : isAdministrator(account) ? <p className="send-key"><Link className="button small" href={`/settings?source=${encodeURIComponent(source)}`}><Icon name="key-round" size={14} />Make a write key</Link></p>
        : <pre className="source-text" tabIndex={0} aria-label={`How to make a key for ${source}`}>{`yardstick key make ${source} --label "web shop"`}</pre>}
      <Snippets label={`How to send an event to ${source}`} />
    </div>
  );
}
