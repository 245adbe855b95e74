import { signIn } from '../../api/session';
import type { Session } from '../../api/types';
import { AccountForm, type Field } from './AccountForm';

const fields: Field[] = [
  { name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' },
  { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' },
];

export function SignInPage({ onSession }: { onSession: (session: Session) => void }): JSX.Element {
  return (
    <AccountForm title="Sign in" about="To the workspace that this program serves." fields={fields} action="Sign in"
      send={({ email = '', password = '' }) => signIn(email, password)} onSession={onSession} />
  );
}
