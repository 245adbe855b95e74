import { useId, type FormEvent } from 'react';
import { Icon } from '../../parts/Icon';
import { setQuery } from '../../routing/location';
import { day } from '../../format/dates';
import { useOpened } from '../../parts/useOpened';
import { customRange } from './state';

/** A range chosen by hand: two civil days, both included. */
export function RangeMenu({ range, isBrief = false }: { range: string; isBrief?: boolean }): JSX.Element {
  const { box, isOpen, setOpen } = useOpened();
  const ids = useId();
  const custom = customRange(range), words = custom ? `${day(custom[0])} – ${day(custom[1])}` : 'Dates';
  const apply = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from, to] = [String(form.get('from') ?? ''), String(form.get('to') ?? '')].sort();
    if (!from || !to) return;
    setOpen(false);
    setQuery({ range: `${from}..${to}` });
  };
  return (
    <div className="menu" ref={box} onKeyDown={(event) => { if (event.key === 'Escape') { setOpen(false); box.current?.querySelector('button')?.focus(); } }}>
      <button type="button" className={custom ? 'button small pressed' : 'button small'} aria-expanded={isOpen} aria-label={isBrief ? `Dates${custom ? `, ${words}` : ''}` : undefined} onClick={() => setOpen(!isOpen)}>
        <Icon name="calendar" size={14} />{!isBrief && words}
      </button>
      {isOpen && (
        <form className="menu-list range-form" onSubmit={apply}>
          <label htmlFor={`${ids}from`}>From</label><input id={`${ids}from`} name="from" type="date" required defaultValue={custom?.[0]} />
          <label htmlFor={`${ids}to`}>Up to and with</label><input id={`${ids}to`} name="to" type="date" required defaultValue={custom?.[1]} />
          <button type="submit" className="button primary small">Show</button>
        </form>
      )}
    </div>
  );
}
