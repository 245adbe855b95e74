import type { ReactNode } from 'react';
import { Link, useLocation } from '../routing/location';
import { Icon } from '../parts/Icon';
import { isAdministrator, useSession } from '../api/session';
import { AccountMenu } from './AccountMenu';
import { Mark } from './Brand';
import { Crumbs } from './Crumbs';
import { Offline } from './Offline';
import { pageOf, pages, settings } from './pages';
import { Search } from './Search';
import { SideKPIs } from './SideKPIs';
import { ThemeMenu } from './ThemeMenu';

function Navigation({ name, label }: { name: string; label: string }): JSX.Element {
  const { path } = useLocation();
  const current = pageOf(path);
  return (
    <nav className={name} aria-label={label}>
      {name === 'side' && <Link href="/" className="brand" aria-label="Yardstick, home"><Mark /><span>Yardstick</span></Link>}
      <ul>
        {pages.map((page) => (
          <li key={page.href}>
            <Link href={page.href} aria-current={page.href === path ? 'page' : page.href === current ? 'true' : undefined}><Icon name={page.icon} size={17} /><span>{page.title}</span></Link>
          </li>
        ))}
      </ul>
      {name === 'side' && <><SideKPIs /><SideFoot /></>}
    </nav>
  );
}

function SideFoot(): JSX.Element {
  const { workspace, account } = useSession();
  const { path } = useLocation();
  return (
    <div className="side-foot">
      {isAdministrator(account) && <Link className="side-settings" href={settings.href} aria-current={path === settings.href ? 'page' : undefined}><Icon name={settings.icon} size={17} />{settings.title}</Link>}
      <b>{workspace.title}</b><span>{workspace.zone}</span><span>Version {workspace.version}</span>
    </div>
  );
}

/** The frame around every page: where one is, where one can go. */
export function Shell({ children }: { children: ReactNode }): JSX.Element {
  return (
    <div className="app">
      <a className="skip" href="#main">Skip to content</a>
      <Navigation name="side" label="Main" />
      <div className="stage">
        <header className="top">
          <Link href="/" className="top-brand" aria-label="Yardstick, home"><Mark size={24} /></Link>
          <Crumbs />
          <div className="top-tools"><Search /><ThemeMenu /><AccountMenu /></div>
        </header>
        <Offline />
        <main id="main" tabIndex={-1}>{children}</main>
      </div>
      <Navigation name="bottom" label="Pages" />
    </div>
  );
}
