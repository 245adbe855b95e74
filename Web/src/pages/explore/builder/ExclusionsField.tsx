import { Icon } from '../../../parts/Icon';
import { Picker } from '../../../parts/Picker';
import type { Events } from '../asked';
import { eventOptions, useKnown } from '../inventory';
import { Conditions } from './Conditions';
import { EventChips } from './EventChips';

const exclusionsMax = 10;
const rules = [['', 'ends the attempt'], ['person', 'takes people out']] as const;

/** What must not happen between two steps of a funnel, and what follows where it does. */
export function ExclusionsField({ label, exclusions, steps, onChange }: { label: string; exclusions: readonly Events[]; steps: readonly Events[]; onChange: (exclusions: Events[]) => void }): JSX.Element {
  const options = eventOptions(useKnown());
  const put = (index: number, next: Events): void => onChange(exclusions.map((each, at) => (at === index ? next : each)));
  return (
    <div className="exclusions">
      {exclusions.map((exclusion, index) => (
        <div key={index} className="step" role="group" aria-label={`Exclusion ${index + 1}`}>
          <div className="exclusion-events"><EventChips label={`Exclusion ${index + 1}`} events={exclusion.e} onChange={(e) => put(index, { ...exclusion, e })} />
            <button type="button" className="ghost tiny" aria-label={`Remove exclusion ${index + 1}`} onClick={() => onChange(exclusions.filter((_, at) => at !== index))}><Icon name="x" size={13} /></button></div>
          <Conditions label={`Exclusion ${index + 1}`} events={exclusion.e} conditions={exclusion.if ?? []} adds="filter" onChange={(conditions) => put(index, withConditions(exclusion, conditions))} />
          <Borders exclusion={exclusion} steps={steps} onChange={(next) => put(index, next)} />
        </div>
      ))}
      {exclusions.length < exclusionsMax && <Picker label={`${label}: add an event`} shown={exclusions.length === 0 ? <span className="placeholder">Nothing left out</span> : <><Icon name="plus" size={12} />another</>} isQuiet={exclusions.length > 0} placeholder="Search events" options={options} isFree onPick={(event) => onChange([...exclusions, { e: [event] }])} />}
    </div>
  );
}

function withConditions(exclusion: Events, conditions: NonNullable<Events['if']>): Events {
  const next = { ...exclusion, if: conditions };
  if (conditions.length === 0) delete (next as Events).if;
  return next;
}

/** Between which steps, the optional ones left out, and what happens then. */
function Borders({ exclusion, steps, onChange }: { exclusion: Events; steps: readonly Events[]; onChange: (next: Events) => void }): JSX.Element {
  const { between: _, rule, ...rest } = exclusion;
  const [after, before] = exclusion.between ?? [1, steps.length];
  const all = steps.flatMap((step, index) => (step.opt ? [] : [[index + 1, `${index + 1}. ${step.as ?? step.e.join(' or ')}`] as const]));
  const set = (from: number, to: number, ruled: string | undefined): void =>
    onChange({ ...rest, ...(from === 1 && to === steps.length ? {} : { between: [from, to] as [number, number] }), ...(ruled ? { rule: ruled } : {}) });
  return (
    <div className="borders">
      <div><span aria-hidden="true">after</span><select aria-label="After" value={after} onChange={(event) => { const from = Number(event.target.value); set(from, Math.max(before, from + 1), rule); }}>{all.filter(([number]) => number < steps.length).map(([number, words]) => <option key={number} value={number}>{words}</option>)}</select></div>
      <div><span aria-hidden="true">before</span><select aria-label="Before" value={before} onChange={(event) => set(after, Number(event.target.value), rule)}>{all.filter(([number]) => number > after).map(([number, words]) => <option key={number} value={number}>{words}</option>)}</select></div>
      <div><span aria-hidden="true">it</span><select aria-label="What it does" value={rule ?? ''} onChange={(event) => set(after, before, event.target.value)}>{rules.map(([value, words]) => <option key={value} value={value}>{words}</option>)}</select></div>
    </div>
  );
}
