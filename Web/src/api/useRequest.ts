import { useCallback, useEffect, useState } from 'react';
import { Failure, failureOf, read } from './request';
import { onSignedOut } from './session';

/** A request's life: nothing yet, an answer (kept while a newer one is fetched), or a failure. */
export interface Loaded<T> {
  data: T | undefined;
  failure: Failure | undefined;
  isLoading: boolean;
  reload: () => void;
}

const kept = new Map<string, unknown>();
const keptMax = 60;
const pending = new Map<string, Promise<unknown>>();
const listeners = new Set<() => void>();

/** Two parts of a page that ask for the same share one request. */
function shared<T>(path: string): Promise<T> {
  const running = pending.get(path) as Promise<T> | undefined;
  if (running) return running;
  const started = read<T>(path);
  pending.set(path, started);
  const over = (): void => { if (pending.get(path) === started) pending.delete(path); };
  started.then(over, over);
  return started;
}

/** Tells every request on the page to fetch again; what is shown stays until the new answer is there. */
export function refreshAll(): void {
  kept.clear();
  pending.clear();
  for (const listener of listeners) listener();
}

/** Runs when everything on the page is to be fetched again; gives what ends that. */
export function onRefresh(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

/** Reads a path of the API; `undefined` reads nothing. */
export function useRequest<T>(path: string | undefined): Loaded<T> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ path: string | undefined; data: T | undefined; failure: Failure | undefined; done: boolean }>(
    () => ({ path, data: path === undefined ? undefined : (kept.get(path) as T | undefined), failure: undefined, done: false }));
  const reload = useCallback(() => setTurn((now) => now + 1), []);

  useEffect(() => onRefresh(reload), [reload]);

  useEffect(() => {
    if (path === undefined) return;
    let isStale = false;
    setState((now) => ({ path, data: (kept.get(path) as T | undefined) ?? now.data, failure: undefined, done: false }));
    shared<T>(path).then(
      (data) => {
        if (isStale) return;
        if (kept.size >= keptMax) kept.clear();
        kept.set(path, data);
        setState({ path, data, failure: undefined, done: true });
      },
      (reason: unknown) => {
        if (isStale) return;
        const failure = failureOf(reason);
        if (failure.status === 401) onSignedOut();
        setState({ path, data: undefined, failure, done: true });
      });
    return () => { isStale = true; };
  }, [path, turn]);

  return { data: state.data, failure: state.failure, isLoading: path !== undefined && (!state.done || state.path !== path), reload };
}
