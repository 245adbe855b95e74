import { useState, type FormEvent } from 'react';
import { send } from '../../api/request';
import type { SavedDefinition } from '../../api/intake';
import { useSession } from '../../api/session';
import { refreshAll } from '../../api/useRequest';
import { useSending } from '../../api/useSending';
import { CopyButton } from '../../parts/CopyButton';
import { Drawer } from '../../parts/Drawer';
import { Findings } from '../../parts/Findings';
import { FormChoice, FormField } from '../../parts/FormField';
import { FailureNote } from '../../parts/Waiting';
import { Link } from '../../routing/location';
import { say } from '../../shell/announcer';
import { Yaml } from '../kpi/Yaml';
import { kinds, type Kind } from './kinds';
import { kpiOf, metricOf, mistakeOfTarget, together, type KPINumber } from './saving';
import { useCheck } from './useCheck';
import { named } from './yaml';

const reviews = [['weekly', 'weekly'], ['monthly', 'monthly'], ['quarterly', 'quarterly']] as const;

/**
 * Writes a question into the workspace as a definition, or as a KPI by one of its numbers; shows the text before it is written.
 *
 * A question that has a `definition` already gets its metric and its KPI only.
 */
export function SaveDrawer({ kind, sentence, numbers, definition, yaml, onClose }: {
  kind: Kind; sentence: string; numbers: readonly KPINumber[]; definition: string | undefined; yaml: (words: { name: string; is: string; owner?: string }) => string | undefined; onClose: () => void;
}): JSX.Element {
  const { account, workspace } = useSession();
  const [form, setForm] = useState({ title: '', is: '', owner: '', review: 'weekly', target: '', by: '', number: numbers[0]?.key ?? '' });
  const [saved, setSaved] = useState<SavedDefinition>();
  const sending = useSending();
  const name = named(form.title), owner = form.owner.trim() || account.name;
  const said = sentence || form.title.trim() || 'explored';
  const is = form.is.trim() || `${kinds[kind].title}: ${said}.`;
  const isKPI = numbers.length > 0;
  const number = numbers.find((each) => each.key === form.number) ?? numbers[0];
  const metric = number && metricOf(number, definition ?? name, form.is.trim() || (definition === undefined ? `${number.words}: ${said}.` : `${number.words}, of ${definition}.`), owner);
  const id = `${name.replace(/_/g, '-')}`;
  const text = together([definition === undefined ? yaml({ name, is, owner }) : undefined, metric, metric && kpiOf(metric, { id, owner, team: '', review: form.review, by: form.by, target: form.target.trim(), from: '', today: workspace.today, now: number?.now ?? null })]);
  const findings = useCheck(form.title.trim() === '' || saved ? undefined : text);
  const wrong = { target: mistakeOfTarget(form.target), by: form.by !== '' && form.by <= workspace.today ? 'a day after today' : undefined };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    sending.run(send<SavedDefinition>('POST', '/definitions', { yaml: text }), (answer) => { setSaved(answer); say(isKPI ? 'KPI saved' : 'Definition saved'); refreshAll(); });
  };
  const set = (key: keyof typeof form) => (value: string): void => setForm({ ...form, [key]: value });
  return (
    <Drawer place="middle" title={isKPI ? 'Make it a KPI' : 'Save as definition'} about="Written into the workspace’s definitions folder, where it can be reviewed and changed" closes="Close without saving" onClose={onClose}>
      {saved ? (
        <div className="saved-done" role="status">
          <p>Saved in <b className="mono">{saved.file}</b>.</p>
          <div>{isKPI && <Link className="button primary" href={`/kpi/${id}`}>Open the KPI</Link>}<Link className="button" href={`/explore/${kind}?name=${encodeURIComponent(definition ?? name)}`}>Open the definition</Link></div>
        </div>
      ) : (
        <form className="save-form" onSubmit={submit}>
          <FormField label="Name" value={form.title} onChange={set('title')} isRequired hint={form.title ? `written as ${name}` : 'such as Sign-up to order'} />
          <FormField label="What it says, in one sentence" value={form.is} onChange={set('is')} />
          {numbers.length > 1 && <FormChoice label="Number" value={number?.key} options={numbers.map((each) => [each.key, each.words] as const)} onChange={set('number')} />}
          <div className="form-row"><FormField label="Owner" value={form.owner} onChange={set('owner')} placeholder={account.name} />
            {isKPI && <FormChoice label="Reviewed" value={form.review} options={reviews} onChange={set('review')} />}
          </div>
          {isKPI && <div className="form-row"><FormField label={number?.unit === 'share' ? 'Target, in %' : 'Target'} value={form.target} onChange={set('target')} hint="may come later" mistake={wrong.target} /><FormField label="Reached by" type="date" value={form.by} onChange={set('by')} mistake={wrong.by} isRequired={form.target.trim() !== ''} /></div>}
          <Yaml text={text} />
          {findings.length > 0 && wrong.target === undefined && wrong.by === undefined && <div aria-live="polite"><Findings findings={findings} /></div>}
          {sending.failure && <FailureNote failure={sending.failure} />}
          <div className="form-actions"><CopyButton text={text} of="definition" /><button type="submit" className="button primary" disabled={sending.isBusy || form.title.trim() === '' || wrong.target !== undefined || wrong.by !== undefined}>{sending.isBusy ? 'Saving…' : isKPI ? 'Save the KPI' : 'Save'}</button></div>
        </form>
      )}
    </Drawer>
  );
}
