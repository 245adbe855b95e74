import { useCallback, useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from 'react';

const changed = new Set<() => void>();
window.addEventListener('popstate', () => changed.forEach((tell) => tell()));

function subscribe(tell: () => void): () => void {
  changed.add(tell);
  return () => { changed.delete(tell); };
}

/** The path names the page, the query holds its state. */
export function useLocation(): { path: string; query: URLSearchParams } {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const at = href.indexOf('?');
  return { path: at < 0 ? href : href.slice(0, at), query: new URLSearchParams(at < 0 ? '' : href.slice(at)) };
}

export function go(href: string, how: 'push' | 'replace' = 'push'): void {
  if (href === location.pathname + location.search) return;
  if (how === 'push') history.pushState(null, '', href); else history.replaceState(null, '', href);
  changed.forEach((tell) => tell());
}

/** One value of the query as state; the default leaves the address clean. */
export function useQueryState(name: string, standard: string, how: 'push' | 'replace' = 'push'): [string, (value: string) => void] {
  const { query } = useLocation();
  const set = useCallback((value: string) => setQuery({ [name]: value === standard ? undefined : value }, how), [name, standard, how]);
  return [query.get(name) ?? standard, set];
}

/** Changes several values of the query in one step of the history. */
export function setQuery(values: Record<string, string | undefined>, how: 'push' | 'replace' = 'push'): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) query.delete(name); else query.set(name, value);
  }
  const text = query.toString();
  go(location.pathname + (text === '' ? '' : `?${text}`), how);
}

let approached: (href: string) => void = () => undefined;

/** Hears of every link that is pointed at or focused, and so is likely followed. */
export function whenApproached(hear: (href: string) => void): void { approached = hear; }

/** A real link that changes the page without loading the app again. */
export function Link({ href, onClick, onPointerEnter, onFocus, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }): JSX.Element {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (event.defaultPrevented || elsewhere) return;
    event.preventDefault();
    go(href);
  };
  return <a href={href} onClick={follow} onPointerEnter={(event) => { approached(href); onPointerEnter?.(event); }} onFocus={(event) => { approached(href); onFocus?.(event); }} {...rest} />;
}
