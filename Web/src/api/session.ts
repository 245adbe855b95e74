import { createContext, useContext } from 'react';
import { read, send, rememberToken } from './request';
import type { Door, Session } from './types';

/** Who is signed in, and in which workspace; pages inside the shell always have one. */
export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('This page needs a session.');
  return session;
}

export const isAdministrator = (account: Session['account']): boolean => account.role.startsWith('admin');

let signedOut: () => void = () => undefined;
/** Runs when any request is refused because the session has ended. */
export const onSignedOut = (): void => signedOut();
export function whenSignedOut(action: () => void): void { signedOut = action; }

export async function currentSession(): Promise<Session | 'signed-out' | 'needs-setup'> {
  const door = await read<Door>('/door');
  if (!door.signedIn) return door.setUp ? 'signed-out' : 'needs-setup';
  return remembered(await read<Session>('/session'));
}

export const signIn = async (email: string, password: string): Promise<Session> =>
  remembered(await send<Session>('POST', '/session', { email, password }));

export const setUp = async (form: { token: string; email: string; name: string; password: string }): Promise<Session> =>
  remembered(await send<Session>('POST', '/setup', form));

export const signOut = async (): Promise<void> => send<void>('DELETE', '/session');

function remembered(session: Session): Session {
  rememberToken(session.csrf);
  return session;
}
