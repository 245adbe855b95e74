import { useRef } from 'react';
import { Icon } from '../../parts/Icon';
import { useSlash } from '../../parts/useSlash';

/** The page's own search; `/` focuses it from anywhere on the page. */
export function SearchField({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  useSlash(input);
  return (
    <div className="search-field">
      <Icon name="search" size={15} />
      <input ref={input} type="search" aria-label={label} placeholder={label} value={value} onChange={(event) => onChange(event.target.value)} />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}
