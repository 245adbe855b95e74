import { useState } from 'react';
import { failureOf, type Failure } from './request';

/** A request that changes something: whether it is on its way, and how it failed. */
export interface Sending { isBusy: boolean; failure: Failure | undefined; run: <T>(request: Promise<T>, onDone: (answer: T) => void) => void }

/** Runs one request at a time; what failed before is forgotten when the next begins. */
export function useSending(): Sending {
  const [state, setState] = useState<{ isBusy: boolean; failure: Failure | undefined }>({ isBusy: false, failure: undefined });
  const run = <T>(request: Promise<T>, onDone: (answer: T) => void): void => {
    setState({ isBusy: true, failure: undefined });
    request.then(
      (answer) => { setState({ isBusy: false, failure: undefined }); onDone(answer); },
      (reason: unknown) => setState({ isBusy: false, failure: failureOf(reason) }));
  };
  return { ...state, run };
}
