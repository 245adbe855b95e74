import { address } from './request';

export interface JobEvent { id: string; progress: number; state: string }
type Listener = (name: string, body: unknown) => void;

const listeners = new Set<Listener>();
let stream: EventSource | undefined;

/** Opens the stream of server-sent events; the browser reconnects by itself. */
export function openEvents(): () => void {
  stream = new EventSource(address('/events'));
  for (const name of ['data', 'definitions', 'job']) {
    stream.addEventListener(name, (event) => {
      let body: unknown = null;
      try { body = JSON.parse((event as MessageEvent<string>).data); } catch { /* an event without a body */ }
      for (const listener of listeners) listener(name, body);
    });
  }
  return () => { stream?.close(); stream = undefined; };
}

export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}
