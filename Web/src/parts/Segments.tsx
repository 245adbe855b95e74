import { useId } from 'react';

/** A choice of one among a few, all visible. */
export function Segments({ label, value, options, onChange }: {
  label: string; value: string; options: readonly (readonly [value: string, words: string])[]; onChange: (value: string) => void;
}): JSX.Element {
  return (
    <div className="segments" role="group" aria-label={label}>
      {options.map(([each, words]) => <button key={each} type="button" aria-pressed={each === value} onClick={() => onChange(each)}>{words}</button>)}
    </div>
  );
}

/** A choice of one among many: the browser's own list, labelled inside the control. */
export function Choice({ label, value, options, onChange }: {
  label: string; value: string; options: readonly (readonly [value: string, words: string])[]; onChange: (value: string) => void;
}): JSX.Element {
  const id = useId();
  return (
    <div className="choice">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([each, words]) => <option key={each} value={each}>{words}</option>)}
      </select>
    </div>
  );
}
