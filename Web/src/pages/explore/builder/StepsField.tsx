import { useRef, type KeyboardEvent } from 'react';
import { Icon } from '../../../parts/Icon';
import { Picker } from '../../../parts/Picker';
import { say } from '../../../shell/announcer';
import { eventOptions, useKnown } from '../inventory';
import type { Events } from '../asked';
import { Conditions } from './Conditions';
import { EventChips } from './EventChips';

const stepsMax = 20;

/** The steps of a funnel: events with conditions, in an order that the arrow keys change as well. */
export function StepsField({ steps, onChange }: { steps: readonly Events[]; onChange: (steps: Events[]) => void }): JSX.Element {
  const options = eventOptions(useKnown());
  const list = useRef<HTMLOListElement>(null);
  const put = (index: number, step: Events): void => onChange(steps.map((each, at) => (at === index ? step : each)));
  const move = (index: number, by: number): void => {
    const to = index + by;
    if (to < 0 || to >= steps.length) return;
    const next = [...steps];
    next.splice(to, 0, ...next.splice(index, 1));
    onChange(next);
    say(`${name(steps[index])} is now step ${to + 1}`);
    // The handle that was used goes with its step.
    requestAnimationFrame(() => list.current?.children[to]?.querySelector<HTMLElement>('.step-handle')?.focus());
  };
  return (
    <div className="steps-field">
      <ol ref={list}>
        {steps.map((step, index) => (
          <li key={index} className="step">
            <header>
              <button type="button" className="step-handle" aria-label={`Step ${index + 1}, ${name(step)}: move with the arrow keys`} title="Move with the arrow keys" onKeyDown={(event: KeyboardEvent) => {
                const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
                if (by !== 0) { event.preventDefault(); move(index, by); }
              }}>{index + 1}</button>
              <EventChips label={`Step ${index + 1}`} events={step.e} onChange={(e) => put(index, { ...step, e })} />
              <span className="step-tools">
                <button type="button" className="ghost tiny" aria-label={`Move step ${index + 1} up`} disabled={index === 0} onClick={() => move(index, -1)}><Icon name="arrow-up" size={13} /></button>
                <button type="button" className="ghost tiny" aria-label={`Move step ${index + 1} down`} disabled={index === steps.length - 1} onClick={() => move(index, 1)}><Icon name="arrow-down" size={13} /></button>
                <button type="button" className="ghost tiny" aria-label={`Remove step ${index + 1}`} disabled={steps.length <= 1} onClick={() => onChange(steps.filter((_, at) => at !== index))}><Icon name="x" size={13} /></button>
              </span>
            </header>
            <div className="step-more">
              <Conditions label={`Step ${index + 1}`} events={step.e} conditions={step.if ?? []} adds="filter" onChange={(conditions) => put(index, { ...step, if: conditions })} />
              {index > 0 && index < steps.length - 1 && <label className="check"><input type="checkbox" checked={step.opt ?? false} onChange={(event) => put(index, { ...step, opt: event.target.checked })} />optional</label>}
            </div>
          </li>
        ))}
      </ol>
      {steps.length < stepsMax && <Picker label="Add a step" shown={<><Icon name="plus" size={13} />Add a step</>} isQuiet placeholder="Search events" options={options} isFree onPick={(event) => onChange([...steps, { e: [event] }])} />}
    </div>
  );
}

const name = (step: Events | undefined): string => step?.as ?? (step?.e.join(' or ') || 'empty');
