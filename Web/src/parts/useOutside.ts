import { useEffect, type RefObject } from 'react';

/** Tells of a press outside a box while it is open. */
export function useOutside(box: RefObject<HTMLElement>, isOpen: boolean, onOutside: () => void): void {
  useEffect(() => {
    if (!isOpen) return undefined;
    const outside = (event: Event): void => { if (!box.current?.contains(event.target as Node)) onOutside(); };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
    // `onOutside` is new at every turn and always does the same.
  }, [isOpen]);
}
