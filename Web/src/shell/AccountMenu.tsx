import { Failure } from '../api/request';
import { isAdministrator, onSignedOut, signOut, useSession } from '../api/session';
import { Icon } from '../parts/Icon';
import { go } from '../routing/location';
import { say } from './announcer';
import { useMenu } from './useMenu';

const initials = (name: string): string => name.split(/[\s@.]+/).filter(Boolean).slice(0, 2).map((word) => word[0]?.toUpperCase()).join('') || '?';

export function AccountMenu(): JSX.Element {
  const { account } = useSession();
  const menu = useMenu();
  const leave = (): void => {
    signOut().then(onSignedOut, (reason: unknown) => say(reason instanceof Failure ? reason.message : 'Signing out failed'));
  };
  return (
    <div className="menu" ref={menu.box} onKeyDown={menu.onKeyDown}>
      <button type="button" className="avatar" aria-label={`Account of ${account.name}`} aria-haspopup="menu" aria-expanded={menu.isOpen} onClick={menu.toggle}>
        {initials(account.name || account.email)}
      </button>
      {menu.isOpen && (
        <div className="menu-list" role="menu" aria-label="Account">
          <div className="menu-who" role="presentation"><b>{account.name}</b><span>{account.email}</span><span>{account.role}</span></div>
          {isAdministrator(account) && <button type="button" role="menuitem" onClick={() => { menu.close(); go('/settings'); }}><Icon name="settings" size={15} />Settings</button>}
          <button type="button" role="menuitem" onClick={leave}><Icon name="log-out" size={15} />Sign out</button>
        </div>
      )}
    </div>
  );
}
