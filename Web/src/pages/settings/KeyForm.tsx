import { useId, useState, type FormEvent } from 'react';
import { Failure, send, unreachable } from '../../api/request';
import type { NewWriteKey } from '../../api/intake';
import { FailureNote } from '../../parts/Waiting';

/** What a new key is for. */
export function KeyForm({ sources, first, onMade }: { sources: readonly string[]; first: string; onMade: (made: NewWriteKey) => void }): JSX.Element {
  const id = useId();
  const [form, setForm] = useState({ source: first, label: '', origins: '', site: '' });
  const [state, setState] = useState<{ failure?: Failure; isBusy?: boolean }>({});
  const set = (key: keyof typeof form) => (event: { target: { value: string } }): void => setForm({ ...form, [key]: event.target.value });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setState({ isBusy: true });
    const wish = Object.fromEntries(Object.entries(form).map(([key, text]) => [key, text.trim()]).filter(([, text]) => text !== ''));
    send<NewWriteKey>('POST', '/keys', wish).then(onMade, (reason: unknown) => setState({ failure: reason instanceof Failure ? reason : unreachable() }));
  };
  return (
    <form className="save-form" onSubmit={submit}>
      <div className="field"><label htmlFor={`${id}source`}>Source</label><select id={`${id}source`} value={form.source} onChange={set('source')}>{sources.map((name) => <option key={name}>{name}</option>)}</select></div>
      <div className="field"><label htmlFor={`${id}label`}>Label</label><input id={`${id}label`} value={form.label} placeholder="web shop" onChange={set('label')} /></div>
      <div className="field"><label htmlFor={`${id}origins`}>Sites whose pages may use it</label><input id={`${id}origins`} value={form.origins} placeholder="https://shop.example.com" onChange={set('origins')} /><small>several by spaces; none means anywhere, also servers</small></div>
      <div className="field"><label htmlFor={`${id}site`}>Plausible’s domain or Umami’s website</label><input id={`${id}site`} value={form.site} onChange={set('site')} /><small>only for their scripts, which know no keys</small></div>
      {state.failure && <FailureNote failure={state.failure} />}
      <div className="form-actions"><button type="submit" className="button primary" disabled={state.isBusy}>{state.isBusy ? 'Making…' : 'Make the key'}</button></div>
    </form>
  );
}
