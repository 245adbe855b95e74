import { Icon } from '../../../parts/Icon';
import { Picker } from '../../../parts/Picker';
import { propertyOptions, useKnown } from '../inventory';

/** Properties by their names, each with a way to take it out again. */
export function PropertyChips({ label, names, none, onChange }: { label: string; names: readonly string[]; none: string; onChange: (names: string[]) => void }): JSX.Element {
  const left = propertyOptions(useKnown()).filter((option) => !names.includes(option.value));
  return (
    <div className="event-chips">
      {names.length === 0 && <Picker label={`${label}: choose a property`} shown={<span className="placeholder">{none}</span>} placeholder="Search properties" options={left} onPick={(name) => onChange([name])} />}
      {names.map((name) => (
        <div key={name} className="event-chip">
          <span className="property-chip">{name}</span>
          <button type="button" className="ghost tiny" aria-label={`${label}: without ${name}`} onClick={() => onChange(names.filter((each) => each !== name))}><Icon name="x" size={13} /></button>
        </div>
      ))}
      {names.length > 0 && <Picker label={`${label}: add a property`} isQuiet shown={<><Icon name="plus" size={12} />and</>} placeholder="Search properties" options={left} onPick={(name) => onChange([...names, name])} />}
    </div>
  );
}
