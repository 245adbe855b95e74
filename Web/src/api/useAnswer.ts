import { useEffect, useRef, useState } from 'react';
import { Failure, failureOf, read } from './request';
import { onSignedOut } from './session';
import { onRefresh, type Loaded } from './useRequest';

/** How long a question rests before it is sent, so that typing does not ask at every letter. */
const restMilliseconds = 220;

/**
 * Asks while a question is still being changed: it rests for a moment, and the request before it is cancelled.
 *
 * The old answer stays until the new one is there, also beside a failure; whoever shows it says that it is old.
 */
export function useAnswer<T>(path: string | undefined): Loaded<T> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ path: string | undefined; data: T | undefined; failure: Failure | undefined }>({ path: undefined, data: undefined, failure: undefined });
  const wasAsked = useRef(false);

  useEffect(() => onRefresh(() => setTurn((now) => now + 1)), []);

  useEffect(() => {
    if (path === undefined) return undefined;
    const cancel = new AbortController();
    const ask = (): void => {
      read<T>(path, cancel.signal).then(
        (data) => { if (!cancel.signal.aborted) setState({ path, data, failure: undefined }); },
        (reason: unknown) => {
          if (cancel.signal.aborted) return;
          const failure = failureOf(reason);
          if (failure.status === 401) onSignedOut();
          setState((now) => ({ path, data: now.data, failure }));
        });
    };
    const timer = setTimeout(ask, wasAsked.current ? restMilliseconds : 0);
    wasAsked.current = true;
    return () => { clearTimeout(timer); cancel.abort(); };
  }, [path, turn]);

  return {
    data: state.data, failure: state.path === path ? state.failure : undefined,
    isLoading: path !== undefined && state.path !== path, reload: () => setTurn((now) => now + 1),
  };
}
