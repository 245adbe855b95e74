/**
 * The snippet that pages of any site load: <script async src="https://HOST/y.js" data-key="yw_…"></script>
 *
 * It stores nothing in the browser and sends no cookie: without ids the server counts a visitor of the day.
 * Do Not Track and Global Privacy Control silence it. The body is plain text, so that no preflight is needed.
 *
 * data-auto="off" leaves page views and outbound links to the page; data-api sends elsewhere.
 */
type Members = Record<string, unknown>;
type Call = [name: 'track' | 'identify' | 'page', parameters: unknown[]];
interface Yardstick { q?: Call[]; track: (name: string, properties?: Members) => void; identify: (id: string | null, traits?: Members) => void; page: (properties?: Members) => void }

const retriesMax = 3, waitMilliseconds = 80, batchMax = 50, waitingMax = 500;

function start(script: HTMLScriptElement): void {
  const place = window as unknown as { yardstick?: Yardstick };
  const before = place.yardstick?.q ?? [];
  const browser = navigator as Navigator & { globalPrivacyControl?: boolean; doNotTrack?: string | null };
  const { key, api, auto } = script.dataset;
  if (browser.doNotTrack === '1' || browser.globalPrivacyControl === true || !key) {
    const silent = (): void => undefined;
    place.yardstick = { track: silent, identify: silent, page: silent };
    return;
  }
  const door = (api ?? new URL(script.src, location.href).origin).replace(/\/$/, '') + '/api/v1/events';
  const campaign = campaignOf(location.search);
  let user: string | undefined, waiting: Members[] = [], timer = 0, shown = '', referrer = document.referrer;

  const add = (event: Members): void => {
    if (waiting.length >= waitingMax) return;
    waiting.push({
      id: identifier(), time: new Date().toISOString(), url: location.href, title: document.title || undefined, referrer: referrer || undefined, language: browser.language,
      user, campaign, library: 'y.js', webdriver: browser.webdriver || undefined, ...event,
    });
    if (!timer) timer = window.setTimeout(flush, waitMilliseconds);
  };

  /** Sends what waits; what did not arrive is tried again with the same ids, so that nothing counts twice. */
  const flush = (): void => {
    clearTimeout(timer);
    timer = 0;
    while (waiting.length > 0) send(waiting.splice(0, batchMax), 0);
  };

  const send = (events: Members[], tries: number): void => {
    const body = JSON.stringify({ key, sent: new Date().toISOString(), events });
    const again = (): void => { if (tries < retriesMax) setTimeout(() => send(events, tries + 1), 1000 * 4 ** tries); };
    // Older browsers end a request with its page unless it is a beacon.
    if (!('keepalive' in Request.prototype) && browser.sendBeacon?.(door, body)) return;
    fetch(door, { method: 'POST', body, mode: 'cors', credentials: 'omit', keepalive: body.length < 60_000 })
      .then((answer) => { if (answer.status === 429 || answer.status >= 500) again(); }, again);
  };

  const page = (properties?: Members): void => {
    shown = location.pathname + location.search;
    add({ kind: 'page', properties });
    referrer = location.href;
  };
  const track = (name: string, properties?: Members): void => add({ event: String(name), properties });
  const identify = (id: string | null, traits?: Members): void => {
    user = id == null ? undefined : String(id);
    if (user) add({ kind: 'identify', traits });
  };
  const made = place.yardstick = { track, identify, page };

  const moved = (): void => { if (location.pathname + location.search !== shown) page(); };
  const outbound = (event: MouseEvent): void => {
    const link = (event.target as Element | null)?.closest?.('a[href]') as HTMLAnchorElement | null;
    if (!link || event.button > 1 || !/^https?:$/.test(link.protocol) || link.host === location.host) return;
    add({ event: 'outbound_link_clicked', properties: { link: link.origin + link.pathname } });
    flush();
  };
  const begin = (): void => {
    if (auto !== 'off') {
      page();
      const push = history.pushState;
      history.pushState = function (...values) { push.apply(this, values); moved(); };
      addEventListener('popstate', moved);
      addEventListener('click', outbound, true);
      addEventListener('auxclick', outbound, true);
      addEventListener('pageshow', (event) => { if (event.persisted) page(); });
    }
    for (const [name, parameters] of before) (made[name] as ((...all: unknown[]) => void) | undefined)?.(...parameters);
  };
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') flush(); });
  addEventListener('pagehide', flush);
  // A page that is loaded in advance is seen when it is shown.
  if ((document as Document & { prerendering?: boolean }).prerendering) document.addEventListener('prerenderingchange', begin, { once: true }); else begin();
}

/** `?utm_source=news&utm_campaign=june` as the campaign that everything on this page belongs to. */
function campaignOf(search: string): Members | undefined {
  const query = new URLSearchParams(search), found: Members = {};
  for (const [name, parameter] of [['source', 'utm_source'], ['medium', 'utm_medium'], ['name', 'utm_campaign'], ['term', 'utm_term'], ['content', 'utm_content']] as const) {
    const value = query.get(parameter);
    if (value) found[name] = value;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

/** An id that no other event has, also on pages without https, where browsers make none. */
function identifier(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) start(script);

export {};
