import { useEffect, useRef, useState } from 'react';
import type { Live } from '../../api/intake';
import type { Sources } from '../../api/types';
import { useLive, type LiveState } from '../../api/useLive';
import { useRequest } from '../../api/useRequest';
import { plural } from '../../format/numbers';
import { Icon } from '../../parts/Icon';
import { PageHead } from '../../parts/PageHead';
import { Choice } from '../../parts/Segments';
import { EmptyState, Loading, Skeleton, Waiting } from '../../parts/Waiting';
import { Link, useQueryState } from '../../routing/location';
import { say } from '../../shell/announcer';
import { SendEvents } from '../data/SendEvents';
import { LiveView } from './LiveView';

/** How often a screen reader is told; the numbers on the page change every second. */
const toldMilliseconds = 60_000;
const words: Record<LiveState, string> = { connecting: 'Connecting', open: 'Live', lost: 'Connecting again', paused: 'Paused' };

/** What arrives right now. */
export function LivePage(): JSX.Element {
  const sources = useRequest<Sources>('/sources');
  const [wanted, setWanted] = useQueryState('source', '');
  const [isPaused, setPaused] = useState(false);
  const taking = (sources.data?.sources ?? []).filter((source) => source.takes === 'events');
  const source = taking.find((each) => each.name === wanted)?.name ?? taking[0]?.name;
  const { live, state } = useLive(source, isPaused);
  useTold(live, isPaused);
  return (
    <>
      <PageHead title="Live" about="What arrives now, and in the last half hour"
        status={source !== undefined && <span className={`live-state ${state}`}><i aria-hidden="true" />{words[state]}</span>}
        tools={source !== undefined && (
          <>
            {taking.length > 1 && <Choice label="Source" value={source} options={taking.map((each) => [each.name, each.name] as const)} onChange={setWanted} />}
            <button type="button" className="button small" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}><Icon name={isPaused ? 'play' : 'pause'} size={14} />{isPaused ? 'Go on' : 'Pause'}</button>
          </>
        )} />
      <Loading of={sources} skeleton={<><Skeleton height={150} /><Skeleton height={320} /></>}>
        {() => (source === undefined ? <NoSource />
          : live === undefined ? <Waiting><Skeleton height={150} /><Skeleton height={320} /></Waiting>
            : isQuiet(live) ? <Quiet source={source} /> : <LiveView live={live} />)}
      </Loading>
    </>
  );
}

const isQuiet = (live: Live): boolean => live.latest.length === 0 && live.minutes.every((count) => count === 0);

/** Says how many are active when the page opens and then now and again, never every second. */
function useTold(live: Live | undefined, isPaused: boolean): void {
  const last = useRef(0);
  useEffect(() => {
    if (!live || isPaused || Date.now() - last.current < toldMilliseconds) return;
    last.current = Date.now();
    say(`${plural(live.active_5, 'active person', 'active people')} in the last 5 minutes`, 'unseen');
  }, [live, isPaused]);
}

function Quiet({ source }: { source: string }): JSX.Element {
  return (
    <>
      <EmptyState icon="radio" title="Nothing in the last half hour">As soon as an application sends an event into <b>{source}</b>, it is here within a second or two. This is how one is sent:</EmptyState>
      <div className="quiet-send card panel"><SendEvents source={source} /></div>
    </>
  );
}

function NoSource(): JSX.Element {
  return (
    <>
      <EmptyState icon="radio" title="No source takes events yet" action={<Link className="button" href="/data"><Icon name="database" size={15} />Open the data page</Link>}>
        Describe one in a file of the definitions folder; then applications can send into it. This is enough to begin:
      </EmptyState>
      <pre className="source-text centred" tabIndex={0} aria-label="Example of a source of events">{'source: app\nis: What people do in the product.\nfrom: events\n'}</pre>
    </>
  );
}
