/**
 * An action that runs at once and then at most once a rest, however often it is asked for; the last asking is never lost.
 *
 * Where events stream in, data changes every second; nobody reads a page that is fetched anew as often.
 */
export function calmly(action: () => void, restMilliseconds: number): { run: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined, isAsked = false;
  const rest = (): void => {
    timer = setTimeout(() => {
      timer = undefined;
      if (isAsked) { isAsked = false; action(); rest(); }
    }, restMilliseconds);
  };
  return {
    run: () => { if (timer !== undefined) { isAsked = true; return; } action(); rest(); },
    stop: () => { if (timer !== undefined) clearTimeout(timer); timer = undefined; isAsked = false; },
  };
}
