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
  return (
    <form className="save-form" onSubmit={submit}>
      <FormChoice label="Source" value={form.source} options={sources.map((name) => [name, name] as const)} onChange={set('source')} />
      <FormField label="Label" value={form.label} placeholder="web shop" onChange={set('label')} />
      <FormField label="Sites whose pages may use it" value={form.origins} placeholder="https://shop.example.com" hint="several by spaces; none means anywhere, also servers" onChange={set('origins')} />
      <FormField label="Plausible’s domain or Umami’s website" value={form.site} hint="only for their scripts, which know no keys" onChange={set('site')} />
      {sending.failure && <FailureNote failure={sending.failure} />}
      <div className="form-actions"><button type="submit" className="button primary" disabled={sending.isBusy}>{sending.isBusy ? 'Making…' : 'Make the key'}</button></div>
    </form>
  );
}
