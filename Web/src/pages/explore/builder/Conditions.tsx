import { useState } from 'react';
import type { PropertyValues } from '../../../api/behaviour';
import { withQuery } from '../../../api/request';
import { useRequest } from '../../../api/useRequest';
import { integer } from '../../../format/numbers';
import { Icon } from '../../../parts/Icon';
import { Picker } from '../../../parts/Picker';
import { isNumeric, needsValue, operatorsFor, type Condition, type Operator } from '../conditions';
import { propertyOptions, useKnown } from '../inventory';

/** Conditions that all must hold: property, comparison, value; values are those that the data has. */
export function Conditions({ label, events = [], conditions, adds, onChange }: { label: string; events?: readonly string[]; conditions: readonly Condition[]; adds: string; onChange: (conditions: Condition[]) => void }): JSX.Element {
  const known = useKnown();
  const put = (index: number, condition: Condition): void => onChange(conditions.map((each, at) => (at === index ? condition : each)));
  return (
    <div className="conditions">
      {conditions.map((condition, index) => (
        <OneCondition key={index} label={`${label}, condition ${index + 1}`} events={events} condition={condition} onChange={(next) => put(index, next)} onRemove={() => onChange(conditions.filter((_, at) => at !== index))} />
      ))}
      <Picker label={`${label}: ${adds}`} isQuiet shown={<><Icon name="list-filter" size={12} />{adds}</>} placeholder="Search properties" options={propertyOptions(known, events)} onPick={(property) => onChange([...conditions, [property, 'is', '']])} />
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
