import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon } from './Icon';
import { useOpened } from './useOpened';

/** One thing to choose, with what helps to tell it from the others. */
export interface Choosable { value: string; words?: string; detail?: string | undefined; count?: string | undefined; mark?: string | undefined; refused?: string | undefined }

const shownMax = 200;

/** A list that is searched by typing: arrows move, Enter takes, Escape closes and gives the focus back. */
export function Picker({ label, shown, placeholder, options, none = 'Nothing is known here yet.', isQuiet = false, isFree = false, onPick }: {
  label: string; shown: ReactNode; placeholder: string; options: readonly Choosable[]; none?: string; isQuiet?: boolean; isFree?: boolean; onPick: (value: string) => void;
}): JSX.Element {
  const { box, isOpen, setOpen } = useOpened();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const button = useRef<HTMLButtonElement>(null);
  const list = useId();
  const hits = useMemo(() => found(options, text, isFree), [options, text, isFree]);
  // A list that would leave the window is moved back into it.
  useLayoutEffect(() => {
    const opened = box.current?.querySelector<HTMLElement>('.picker-list');
    const over = opened ? opened.getBoundingClientRect().right - document.documentElement.clientWidth + 10 : 0;
    if (opened && over > 0) opened.style.translate = `${-over}px`;
  }, [isOpen]);
  useEffect(() => { box.current?.querySelector(`[id="${list}${active}"]`)?.scrollIntoView({ block: 'nearest' }); }, [active, list]);

  const close = (): void => { setOpen(false); button.current?.focus(); };
  const take = (hit: Choosable | undefined): void => {
    if (!hit || hit.refused !== undefined) return;
    close();
    onPick(hit.value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); close(); }
    if (event.key === 'Tab') setOpen(false);
    if (event.key === 'Enter') { event.preventDefault(); take(hits[active]); }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && hits.length > 0) { event.preventDefault(); setActive((active + step + hits.length) % hits.length); }
  };
  return (
    <div className="picker" ref={box}>
      <button ref={button} type="button" className={isQuiet ? 'picker-button quiet' : 'picker-button'} aria-haspopup="listbox" aria-expanded={isOpen} aria-label={label} onClick={() => { setText(''); setActive(0); setOpen(!isOpen); }}>
        {shown}{!isQuiet && <Icon name="chevron-down" size={13} />}
      </button>
      {isOpen && (
        <div className="picker-list" onKeyDown={onKeyDown}>
          <input type="text" role="combobox" aria-label={placeholder} placeholder={placeholder} autoComplete="off" spellCheck={false}
            aria-expanded="true" aria-controls={list} aria-activedescendant={hits[active] ? `${list}${active}` : undefined}
            value={text} onChange={(event) => { setText(event.target.value); setActive(0); }} />
          <ul id={list} role="listbox" aria-label={label}>
            {hits.map((hit, index) => (
              <li key={hit.value} id={`${list}${index}`} role="option" aria-selected={index === active} aria-disabled={hit.refused !== undefined || undefined}
                onPointerMove={() => setActive(index)} onClick={() => take(hit)}>
                <span><b>{hit.words ?? hit.value}</b>{(hit.refused ?? hit.detail) && <small>{hit.refused ?? hit.detail}</small>}</span>
                {(hit.count || hit.mark) && <i>{hit.mark && <em>{hit.mark}</em>}{hit.count}</i>}
              </li>
            ))}
          </ul>
          {hits.length === 0 && <p className="picker-none">{options.length === 0 ? none : 'Nothing of that name.'}</p>}
        </div>
      )}
    </div>
  );
}

/** What has the text in its name first, then in its words; a free text can be taken as it is. */
export function found(options: readonly Choosable[], text: string, isFree: boolean): Choosable[] {
  const wanted = text.trim().toLowerCase();
  const starts = (each: Choosable): number => { const name = (each.words ?? each.value).toLowerCase(); return name.startsWith(wanted) ? 0 : name.includes(wanted) ? 1 : (each.detail ?? '').toLowerCase().includes(wanted) ? 2 : 3; };
  const hits = wanted === '' ? [...options] : options.map((each) => ({ each, rank: starts(each) })).filter(({ rank }) => rank < 3).sort((a, b) => a.rank - b.rank).map(({ each }) => each);
  if (isFree && text.trim() !== '' && !hits.some((each) => each.value === text.trim())) hits.push({ value: text.trim(), words: `“${text.trim()}”`, detail: 'as typed' });
  return hits.slice(0, shownMax);
}
