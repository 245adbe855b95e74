import { useEffect, useState } from 'react';
import { address, withQuery } from './request';
import type { Live } from './intake';

export type LiveState = 'connecting' | 'open' | 'lost' | 'paused';

/** Follows what arrives in a source, once a second; nothing is asked while it is paused. */
export function useLive(source: string | undefined, isPaused: boolean): { live: Live | undefined; state: LiveState } {
  const [live, setLive] = useState<Live>();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => setLive(undefined), [source]);
  useEffect(() => {
    if (source === undefined) return undefined;
    if (isPaused) { setState('paused'); return undefined; }
    setState('connecting');
    const stream = new EventSource(address(withQuery('/live', { source })));
    stream.addEventListener('live', (event) => {
      try { setLive(JSON.parse((event as MessageEvent<string>).data) as Live); setState('open'); } catch { /* a broken line is followed by a whole one */ }
    });
    stream.addEventListener('failure', () => setState('lost'));
    // The browser connects again by itself.
    stream.onerror = () => setState('lost');
    return () => stream.close();
  }, [source, isPaused]);
  return { live, state };
}
