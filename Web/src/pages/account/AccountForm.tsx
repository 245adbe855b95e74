import { useEffect, useId, type FormEvent, type ReactNode } from 'react';
import type { Session } from '../../api/types';
import { useSending } from '../../api/useSending';
import { FailureNote } from '../../parts/Waiting';
import { Mark } from '../../shell/Brand';
import { Announcer } from '../../shell/announcer';

export interface Field { name: string; label: string; type: string; autoComplete: string; hint?: string; least?: number }

/** A form of the two pages before one is signed in. */
export function AccountForm({ title, about, fields, action, send, onSession }: {
  title: string; about: ReactNode; fields: Field[]; action: string;
  send: (values: Record<string, string>) => Promise<Session>; onSession: (session: Session) => void;
}): JSX.Element {
  const sending = useSending();
  const ids = useId();
  useEffect(() => { document.title = `${title} · Yardstick`; }, [title]);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const values = Object.fromEntries(fields.map((field) => [field.name, String(form.get(field.name) ?? '')]));
    sending.run(send(values), onSession);
  };
  return (
    <main className="door">
      <div className="door-brand"><Mark size={30} /><span>Yardstick</span></div>
      <form className="card door-card" onSubmit={submit}>
        <h1>{title}</h1>
        <p className="door-about">{about}</p>
        {sending.failure && <FailureNote failure={sending.failure} />}
        {fields.map((field, index) => (
          <div key={field.name} className="field">
            <label htmlFor={ids + field.name}>{field.label}</label>
            <input id={ids + field.name} name={field.name} type={field.type} autoComplete={field.autoComplete} required minLength={field.least}
              aria-describedby={field.hint ? `${ids + field.name}-hint` : undefined} ref={index === 0 ? focusOnce : undefined} />
            {field.hint && <p id={`${ids + field.name}-hint`} className="hint">{field.hint}</p>}
          </div>
        ))}
        <button type="submit" className="button primary wide" disabled={sending.isBusy}>{sending.isBusy ? 'One moment…' : action}</button>
      </form>
      <Announcer />
    </main>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  if (input && document.activeElement === document.body) input.focus();
}
