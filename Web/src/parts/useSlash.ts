import { useEffect, type RefObject } from 'react';

/** `/` goes to a search from anywhere on the page, unless one types; one that `yields` leaves it to the page's own search. */
export function useSlash(input: RefObject<HTMLInputElement>, yields = false): void {
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      const isTyping = (event.target as HTMLElement).closest('input, textarea, select, [contenteditable]') !== null;
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      if (yields && document.querySelector('main input[type=search]') !== null) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, [input, yields]);
}
