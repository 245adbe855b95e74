import { Suspense, useEffect, useMemo, useState } from 'react';
import { calmly } from './api/calmly';
import { listen, openEvents } from './api/events';
import { Failure, failureOf } from './api/request';
import { currentSession, SessionContext, whenSignedOut } from './api/session';
import type { Session } from './api/types';
import { refreshAll } from './api/useRequest';
import { SetUpPage, NeedsSetUpPage } from './pages/account/SetUpPage';
import { SignInPage } from './pages/account/SignInPage';
import { isKind } from './pages/explore/kindNames';
import { CataloguePage, ChoosePage, DataPage, EventsPage, ExplorePage, KPIPage, LivePage, MetricPage, prepare, SettingsPage } from './pages/later';
import { NotFoundPage } from './pages/NotFoundPage';
import { ScorecardPage } from './pages/scorecard/ScorecardPage';
import { Boundary } from './parts/Boundary';
import { FailureNote, Skeleton, Waiting } from './parts/Waiting';
import { go, useLocation, whenApproached } from './routing/location';
import { Announcer, say } from './shell/announcer';
import { Shell } from './shell/Shell';
import { ThemeContext, useThemeChoice } from './shell/theme';

type Door = 'opening' | 'signed-out' | 'needs-setup' | Failure | Session;
whenApproached(prepare);
const isSession = (door: Door): door is Session => typeof door === 'object' && !(door instanceof Failure);

export function App(): JSX.Element {
  const theme = useThemeChoice();
  return <ThemeContext.Provider value={theme}><Doorway /></ThemeContext.Provider>;
}

/** Lets those in who are signed in; shows the others the way. */
function Doorway(): JSX.Element | null {
  const [door, setDoor] = useState<Door>('opening');
  const { path, query } = useLocation();
  const open = (): void => {
    currentSession().then(setDoor, (reason: unknown) => setDoor(failureOf(reason)));
  };
  useEffect(open, []);
  useEffect(() => whenSignedOut(() => setDoor('signed-out')), []);

  const isDoorPage = path === '/signin' || path === '/setup';
  const wanted = query.get('next');
  useEffect(() => {
    if (door === 'signed-out' && !isDoorPage) go(`/signin?next=${encodeURIComponent(location.pathname + location.search)}`, 'replace');
    if (isSession(door) && isDoorPage) go(safePath(wanted), 'replace');
  }, [door, isDoorPage, path, wanted]);

  const enter = (session: Session): void => { setDoor(session); go(safePath(wanted), 'replace'); };
  if (door === 'opening') return null;
  if (door instanceof Failure) return <main className="door"><FailureNote failure={door} again={open} /></main>;
  if (isSession(door)) return isDoorPage ? null : <Inside session={door} />;
  if (path === '/setup') return <SetUpPage onSession={enter} />;
  return door === 'needs-setup' ? <NeedsSetUpPage /> : <SignInPage onSession={enter} />;
}

/** Only paths of this host: `//elsewhere` would leave it. */
const safePath = (path: string | null): string => (path !== null && /^\/(?![/\\])/.test(path) && !path.startsWith('/signin') ? path : '/');

function Inside({ session }: { session: Session }): JSX.Element {
  const { path } = useLocation();
  useEffect(openEvents, []);
  useEffect(() => {
    const fetched = calmly(refreshAll, 10_000), told = calmly(() => say('Updated: new data'), 60_000);
    const unlisten = listen((name) => {
      if (name === 'definitions') { refreshAll(); say('Updated: definitions changed'); }
      if (name === 'data') { fetched.run(); told.run(); }
      if (name === 'found') { refreshAll(); say('Yardstick answers again'); }
    });
    return () => { unlisten(); fetched.stop(); told.stop(); };
  }, []);
  return (
    <SessionContext.Provider value={session}>
      <Shell><Boundary key={path.startsWith('/explore') ? '/explore' : path}><Suspense fallback={<Waiting><Skeleton height={460} /></Waiting>}><Page /></Suspense></Boundary></Shell>
      <Announcer />
    </SessionContext.Provider>
  );
}

function Page(): JSX.Element {
  const { path } = useLocation();
  const [first, id, rest] = useMemo(() => path.split('/').slice(1).map(decoded), [path]);
  if (rest !== undefined) return <NotFoundPage />;
  if (first === 'kpi' && id) return <KPIPage key={path} id={id} />;
  if (first === 'metric' && id) return <MetricPage key={path} id={id} />;
  if (first === 'data' && id) return <EventsPage key={path} name={id} />;
  if (first === 'explore' && isKind(id)) return <ExplorePage kind={id} />;
  if (id !== undefined) return <NotFoundPage />;
  switch (first) {
    case '': return <ScorecardPage />;
    case 'catalogue': return <CataloguePage />;
    case 'choose': return <ChoosePage />;
    case 'explore': return <ExplorePage kind="funnel" />;
    case 'live': return <LivePage />;
    case 'settings': return <SettingsPage />;
    case 'data': return <DataPage />;
    default: return <NotFoundPage />;
  }
}

function decoded(part: string): string {
  try { return decodeURIComponent(part); } catch { return part; }
}
