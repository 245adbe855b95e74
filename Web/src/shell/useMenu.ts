import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useOutside } from '../parts/useOutside';

export interface Menu { isOpen: boolean; box: RefObject<HTMLDivElement>; toggle: () => void; close: () => void; onKeyDown: (event: KeyboardEvent) => void }

/** A menu button's behaviour: arrows move, Escape closes and gives the focus back, a click elsewhere closes. */
export function useMenu(): Menu {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const items = (): HTMLElement[] => [...(box.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  useEffect(() => {
    if (isOpen) (items().find((item) => item.getAttribute('aria-checked') === 'true') ?? items()[0])?.focus();
  }, [isOpen]);
  useOutside(box, isOpen, () => setOpen(false));
  const close = (): void => { setOpen(false); box.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus(); };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen) return;
    const all = items(), at = all.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Escape') { event.preventDefault(); close(); }
    if (event.key === 'Tab') setOpen(false);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) { event.preventDefault(); all[(at + step + all.length) % all.length]?.focus(); }
  };
  return { isOpen, box, toggle: () => setOpen((now) => !now), close, onKeyDown };
}
