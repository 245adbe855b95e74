import { useState, type ReactNode } from 'react';
import type { PropertyValues } from '../../../api/behaviour';
import { withQuery } from '../../../api/request';
import { useRequest } from '../../../api/useRequest';
import { integer } from '../../../format/numbers';
import { Icon } from '../../../parts/Icon';
import { Picker } from '../../../parts/Picker';
import { isNumeric, isSegment, memberships, needsValue, operatorsFor, type Condition, type Operator } from '../conditions';
import { propertyOptions, useKnown } from '../inventory';
import { useSegments } from '../useSegments';

/** Conditions that all must hold: property, comparison, value; values are those that the data has. Where segments make sense they are offered too. */
export function Conditions({ label, events = [], conditions, adds, hasSegments = false, onChange }: { label: string; events?: readonly string[]; conditions: readonly Condition[]; adds: string; hasSegments?: boolean; onChange: (conditions: Condition[]) => void }): JSX.Element {
  const known = useKnown();
  const put = (index: number, condition: Condition): void => onChange(conditions.map((each, at) => (at === index ? condition : each)));
  return (
    <div className="conditions">
      {conditions.map((condition, index) => {
        const about = { label: `${label}, condition ${index + 1}`, condition, onChange: (next: Condition) => put(index, next), onRemove: () => onChange(conditions.filter((_, at) => at !== index)) };
        return isSegment(condition) ? <Membership key={index} {...about} /> : <OneCondition key={index} events={events} {...about} />;
      })}
      <div className="condition-adds">
        <Picker label={`${label}: ${adds}`} isQuiet shown={<><Icon name="list-filter" size={12} />{adds}</>} placeholder="Search properties" options={propertyOptions(known, events)} onPick={(property) => onChange([...conditions, [property, 'is', '']])} />
        {hasSegments && <SegmentPicker label={`${label}: segment`} onPick={(name) => onChange([...conditions, [name, 'in', '']])} isQuiet shown={<><Icon name="users" size={12} />segment</>} />}
      </div>
    </div>
  );
}

/** One of the segments of the source; without any it says how one is made. */
function SegmentPicker({ label, shown, isQuiet = false, onPick }: { label: string; shown: ReactNode; isQuiet?: boolean; onPick: (name: string) => void }): JSX.Element {
  const segments = useSegments(useKnown().source);
  return <Picker label={label} isQuiet={isQuiet} shown={shown} placeholder="Search segments" none="No segment of this source is saved yet. The question Segment makes one." options={segments.map((each) => ({ value: each.id, words: each.title, detail: each.is ?? undefined }))} onPick={onPick} />;
}

/** In a segment, or not in it. */
function Membership({ label, condition: [name, operator], onChange, onRemove }: { label: string; condition: Condition; onChange: (condition: Condition) => void; onRemove: () => void }): JSX.Element {
  const title = useSegments(useKnown().source).find((each) => each.id === name)?.title ?? name;
  return (
    <div className="condition" role="group" aria-label={label}>
      <select aria-label="Belongs" value={operator} onChange={(event) => onChange([name, event.target.value as Operator, ''])}>
        {memberships.map(([each, words]) => <option key={each} value={each}>{words}</option>)}
      </select>
      <SegmentPicker label={`Segment: ${title}`} shown={<span className="event-name">{title}</span>} onPick={(next) => onChange([next, operator, ''])} />
      <button type="button" className="ghost tiny" aria-label={`Remove ${label}`} onClick={onRemove}><Icon name="x" size={13} /></button>
    </div>
  );
}

function OneCondition({ label, events, condition, onChange, onRemove }: { label: string; events: readonly string[]; condition: Condition; onChange: (condition: Condition) => void; onRemove: () => void }): JSX.Element {
  const known = useKnown();
  const [property, operator, value] = condition;
  const type = known.type(property);
  return (
    <div className="condition" role="group" aria-label={label}>
      <Picker label={`Property: ${property}`} shown={<span className="event-name">{property}</span>} placeholder="Search properties" options={propertyOptions(known, events)} onPick={(next) => onChange([next, operator, ''])} />
      <select aria-label="Comparison" value={operator} onChange={(event) => onChange([property, event.target.value as Operator, value])}>
        {operatorsFor(type).map(([each, words]) => <option key={each} value={each}>{words}</option>)}
      </select>
      {needsValue(operator) && (isNumeric(type)
        ? <NumberField value={value} onChange={(next) => onChange([property, operator, next])} />
        : <ValuePicker property={property} event={events[0]} value={value} onChange={(next) => onChange([property, operator, next])} />)}
      <button type="button" className="ghost tiny" aria-label={`Remove ${label}`} onClick={onRemove}><Icon name="x" size={13} /></button>
    </div>
  );
}

const NumberField = ({ value, onChange }: { value: string; onChange: (value: string) => void }): JSX.Element =>
  <input className="small-field" type="number" step="any" aria-label="Value" value={value} onChange={(event) => onChange(event.target.value)} />;

/** The values that the property has, the most frequent first; any other can be typed. */
function ValuePicker({ property, event, value, onChange }: { property: string; event: string | undefined; value: string; onChange: (value: string) => void }): JSX.Element {
  const { source } = useKnown();
  const [wasOpened, setOpened] = useState(false);
  const values = useRequest<PropertyValues>(wasOpened && source !== undefined ? withQuery(`/sources/${encodeURIComponent(source)}/values`, { event, property }) : undefined);
  const options = (values.data?.values ?? []).flatMap((each) => (each.value === null ? [] : [{ value: String(each.value), count: integer(each.count) }]));
  return (
    <span className="value-picker" onFocus={() => setOpened(true)} onPointerEnter={() => setOpened(true)}>
      <Picker label={value === '' ? 'Choose a value' : `Value: ${value}`} shown={value === '' ? <span className="placeholder">value</span> : <span className="event-name">{value}</span>} placeholder="Search or type a value" options={options} isFree onPick={onChange} />
    </span>
  );
}
