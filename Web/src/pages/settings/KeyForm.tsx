import { useState, type FormEvent } from 'react';
import type { NewWriteKey } from '../../api/intake';
import { send } from '../../api/request';
import { useSending } from '../../api/useSending';
import { FormChoice, FormField } from '../../parts/FormField';
import { FailureNote } from '../../parts/Waiting';

/** What a new key is for. */
export function KeyForm({ sources, first, onMade }: { sources: readonly string[]; first: string; onMade: (made: NewWriteKey) => void }): JSX.Element {
  const [form, setForm] = useState({ source: first, label: '', origins: '', site: '' });
  const sending = useSending();
  const set = (key: keyof typeof form) => (text: string): void => setForm({ ...form, [key]: text });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wish = Object.fromEntries(Object.entries(form).map(([key, text]) => [key, text.trim()]).filter(([, text]) => text !== ''));
    sending.run(send<NewWriteKey>('POST', '/keys', wish), onMade);
  };
  // What is refused is told at its field, where there is one.
  const { failure } = sending;
  const of = (code: string): string | undefined => (failure?.code === code ? [failure.message, failure.hint].filter(Boolean).join(' – ') : undefined);
  const isAtField = failure !== undefined && ['keys/bad-label', 'keys/bad-origin', 'keys/bad-site'].includes(failure.code);
  return (
    <form className="save-form" onSubmit={submit}>
      <FormChoice label="Source" value={form.source} options={sources.map((name) => [name, name] as const)} onChange={set('source')} />
      <FormField label="Label" value={form.label} placeholder="web shop" mistake={of('keys/bad-label')} onChange={set('label')} />
      <FormField label="Sites whose pages may use it" value={form.origins} placeholder="https://shop.example.com" hint="several by spaces; none means anywhere, also servers" mistake={of('keys/bad-origin')} onChange={set('origins')} />
      <FormField label="Plausible’s domain or Umami’s website" value={form.site} hint="only for their scripts, which know no keys" mistake={of('keys/bad-site')} onChange={set('site')} />
      {failure && !isAtField && <FailureNote failure={failure} />}
      <div className="form-actions"><button type="submit" className="button primary" disabled={sending.isBusy}>{sending.isBusy ? 'Making…' : 'Make the key'}</button></div>
    </form>
  );
}
