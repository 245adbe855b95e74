import { useId, type ReactNode } from 'react';
import type { Option } from './choices';

/** One question with all its answers in sight: radio buttons in the look of small cards. */
export function Pick({ number, title, options, value, onChange, children }: {
  number: number; title: string; options: readonly Option[]; value: string; onChange: (id: string) => void; children?: ReactNode;
}): JSX.Element {
  const name = useId();
  return (
    <fieldset className="pick">
      <legend><span className="pick-number">{number}</span>{title}</legend>
      {children}
      <div className="pick-options">
        {options.map((option) => (
          <label key={option.id} className="pick-option"><input type="radio" name={name} value={option.id} checked={option.id === value} onChange={() => onChange(option.id)} /><span><b>{option.title}</b><small>{option.is}</small></span></label>
        ))}
      </div>
    </fieldset>
  );
}
