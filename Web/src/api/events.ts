import { address } from './request';

export interface JobEvent { id: string; progress: number; state: string }
type Listener = (name: string, body: unknown) => void;

const listeners = new Set<Listener>();
let stream: EventSource | undefined, isOpen = true, timer: ReturnType<typeof setTimeout> | undefined;

/** How long the stream may be gone before it is told, and before it is opened anew where the browser has given up. */
const patienceMilliseconds = 2500, againMilliseconds = 4000;

function tell(name: string, body: unknown): void {
  for (const listener of listeners) listener(name, body);
}

/** Opens the stream of server-sent events; tells `lost` when it is gone for a while, and `found` when it is back. */
export function openEvents(): () => void {
  stream = new EventSource(address('/events'));
  for (const name of ['data', 'definitions', 'job']) {
    stream.addEventListener(name, (event) => {
      let body: unknown = null;
      try { body = JSON.parse((event as MessageEvent<string>).data); } catch { /* an event without a body */ }
      tell(name, body);
    });
  }
  stream.onopen = () => { clearTimeout(timer); timer = undefined; if (!isOpen) { isOpen = true; tell('found', null); } };
  stream.onerror = () => {
    timer ??= setTimeout(() => { if (isOpen) { isOpen = false; tell('lost', null); } }, patienceMilliseconds);
    // The browser connects again by itself, but not after an answer that is an error.
    if (stream?.readyState === EventSource.CLOSED) setTimeout(() => { if (stream?.readyState === EventSource.CLOSED) openEvents(); }, againMilliseconds);
  };
  return () => { clearTimeout(timer); timer = undefined; stream?.close(); stream = undefined; };
}

export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}
