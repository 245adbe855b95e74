import { Icon } from '../../../parts/Icon';
import { Picker } from '../../../parts/Picker';
import { eventOptions, useKnown } from '../inventory';

/** The events of a step, one or another of which counts; the first is a wide button, more are added behind it. */
export function EventChips({ label, events, none, isOne = false, onChange }: { label: string; events: readonly string[]; none?: string | undefined; isOne?: boolean; onChange: (events: string[]) => void }): JSX.Element {
  const options = eventOptions(useKnown());
  const put = (index: number, value: string): void => onChange([...events.slice(0, index), value, ...events.slice(index + 1)].filter((each, at, all) => all.indexOf(each) === at));
  const left = options.filter((option) => !events.includes(option.value));
  return (
    <div className="event-chips">
      {events.length === 0 && <Picker label={`${label}: choose an event`} shown={<span className="placeholder">{none ?? 'Choose an event'}</span>} placeholder="Search events" options={options} isFree onPick={(value) => put(0, value)} />}
      {events.map((event, index) => (
        <div key={event} className="event-chip">
          {index > 0 && <span className="or">or</span>}
          <Picker label={`${label}: ${event}, change`} shown={<span className="event-name">{event}</span>} placeholder="Search events" options={options} isFree onPick={(value) => put(index, value)} />
          {(events.length > 1 || none !== undefined) && <button type="button" className="ghost tiny" aria-label={`${label}: without ${event}`} onClick={() => onChange(events.filter((each) => each !== event))}><Icon name="x" size={13} /></button>}
        </div>
      ))}
      {events.length > 0 && !isOne && <Picker label={`${label}: add an event that counts as well`} isQuiet shown={<><Icon name="plus" size={12} />or</>} placeholder="Search events" options={left} isFree onPick={(value) => put(events.length, value)} />}
    </div>
  );
}
