import { useEffect, useRef, useState, type RefObject } from 'react';
import { useOutside } from './useOutside';

/** A box that opens below its button: its first field gets the focus, and a press beside it closes it. */
export function useOpened(): { box: RefObject<HTMLDivElement>; isOpen: boolean; setOpen: (isOpen: boolean) => void } {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { if (isOpen) box.current?.querySelector('input')?.focus(); }, [isOpen]);
  useOutside(box, isOpen, () => setOpen(false));
  return { box, isOpen, setOpen };
}
