import { useEffect, useRef } from 'react';
import { Icon } from '../../parts/Icon';

/** The page's own search; `/` focuses it from anywhere on the page. */
export function SearchField({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      const isTyping = (event.target as HTMLElement).closest('input, textarea, select') !== null;
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);
  return (
    <div className="search-field">
      <Icon name="search" size={15} />
      <input ref={input} type="search" aria-label={label} placeholder={label} value={value} onChange={(event) => onChange(event.target.value)} />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}
