import { setUp } from '../../api/session';
import type { Session } from '../../api/types';
import { useLocation } from '../../routing/location';
import { Mark } from '../../shell/Brand';
import { AccountForm, type Field } from './AccountForm';

const fields: Field[] = [
  { name: 'name', label: 'Your name', type: 'text', autoComplete: 'name' },
  { name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' },
  { name: 'password', label: 'Password', type: 'password', autoComplete: 'new-password', least: 12, hint: 'At least 12 characters. A sentence is easy to remember.' },
];

/** The first account, through the one-time link of the terminal. */
export function SetUpPage({ onSession }: { onSession: (session: Session) => void }): JSX.Element {
  const token = useLocation().query.get('token') ?? '';
  return (
    <AccountForm title="Create the first account" about="It will administer this workspace. The link works once." fields={fields} action="Create account"
      send={({ name = '', email = '', password = '' }) => setUp({ token, name, email, password })} onSession={onSession} />
  );
}

/** What a visitor sees while nobody has an account and the link was not used. */
export function NeedsSetUpPage(): JSX.Element {
  return (
    <main className="door">
      <div className="door-brand"><Mark size={30} /><span>Yardstick</span></div>
      <div className="card door-card">
        <h1>Almost there</h1>
        <p className="door-about">Nobody has an account yet. Open the one-time link that <code>yardstick serve</code> printed in the terminal; it creates the first one.</p>
      </div>
    </main>
  );
}
