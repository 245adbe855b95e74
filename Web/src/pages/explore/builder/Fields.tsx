import { useId, useState } from 'react';
import type { Field } from '../kinds';
import { fieldValue, readCost, readEvents, readNames, readSteps, writtenCost, writtenEvents, writtenNames, writtenSteps, type Asked } from '../asked';
import { setField } from '../state';
import { Conditions } from './Conditions';
import { CostField } from './CostField';
import { EventChips } from './EventChips';
import { ExclusionsField } from './ExclusionsField';
import { PropertyChips } from './PropertyChips';
import { StepsField } from './StepsField';

/** One field of a question, as its kind says; a wrong one is marked. */
export function FieldControl({ field, asked, isWrong = false }: { field: Field; asked: Asked; isWrong?: boolean }): JSX.Element | null {
  const id = useId();
  const text = fieldValue(asked, field);
  switch (field.is) {
    case 'steps':
      return <fieldset className="question-field"><legend>{field.label}</legend><StepsField steps={readSteps(text) ?? []} onChange={(steps) => setField(field, writtenSteps(steps))} /></fieldset>;
    case 'events': {
      if (asked.kind === 'paths' && field.key === 'event' && (asked.fields['anchor'] ?? 'first') === 'first') return null;
      const events = readEvents(text);
      return (
        <fieldset className="question-field"><legend>{field.label}</legend>{field.hint && <p className="field-hint">{field.hint}</p>}
          <EventChips label={field.label} events={events.e} none={field.none} isOne={field.isOne ?? false} onChange={(e) => setField(field, writtenEvents({ ...events, e }))} />
          {field.hasConditions && (events.e.length > 0 || events.if?.length) ? <Conditions label={field.label} events={events.e} conditions={events.if ?? []} adds="filter" onChange={(conditions) => setField(field, writtenEvents({ ...events, if: conditions }))} /> : null}
        </fieldset>
      );
    }
    case 'properties':
      return <fieldset className="question-field"><legend>{field.label}</legend><PropertyChips label={field.label} names={readNames(text)} none={field.none} onChange={(names) => setField(field, writtenNames(names))} /></fieldset>;
    case 'exclusions': {
      const exclusions = readSteps(text) ?? [];
      return <fieldset className="question-field"><legend>{field.label}</legend><ExclusionsField label={field.label} exclusions={exclusions} steps={(readSteps(asked.fields['steps']) ?? []).filter((step) => step.e.length > 0)} onChange={(next) => setField(field, next.length === 0 ? '' : writtenSteps(next))} /></fieldset>;
    }
    case 'cost':
      return <fieldset className="question-field"><legend>{field.label}</legend><CostField cost={readCost(text)} onChange={(cost) => setField(field, writtenCost(cost))} /></fieldset>;
    case 'choice':
      if (field.when && !field.when(asked.fields)) return null;
      return (
        <div className="rule"><label htmlFor={id}>{field.label}</label>
          <select id={id} value={text} onChange={(event) => setField(field, event.target.value)}>{[...field.options, ...(field.more?.(asked.fields) ?? [])].map(([value, words]) => <option key={value} value={value}>{words}</option>)}</select>
        </div>
      );
    case 'text':
      if (field.when && !field.when(asked.fields)) return null;
      return <TextRule field={field} value={text} isWrong={isWrong} />;
  }
}

/** A rule that is typed; while it is empty its standard is asked, and stands behind it. */
function TextRule({ field, value, isWrong }: { field: Extract<Field, { is: 'text' }>; value: string; isWrong: boolean }): JSX.Element {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  return (
    <div className="rule"><label htmlFor={id}>{field.label}</label>
      <input id={id} type="text" list={`${id}list`} value={draft ?? value} placeholder={field.none ?? (field.standard || 'an expression')} spellCheck={false} aria-invalid={isWrong || undefined}
        onChange={(event) => { setDraft(event.target.value); setField(field, event.target.value, 'replace'); }} onBlur={() => setDraft(undefined)} />
      <datalist id={`${id}list`}>{field.examples.map((example) => <option key={example} value={example} />)}</datalist>
    </div>
  );
}
