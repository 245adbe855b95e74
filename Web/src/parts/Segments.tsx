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

/** A choice of one among many: the browser's own list, labelled inside the control; with `shown`, that alone is seen of it while it is closed. */
export function Choice({ label, value, options, shown, onChange }: {
  label: string; value: string; options: readonly (readonly [value: string, words: string])[]; shown?: string | undefined; onChange: (value: string) => void;
}): JSX.Element {
  const id = useId();
  return (
    <div className={shown === undefined ? 'choice' : 'choice brief'}>
      <label htmlFor={id} className={shown === undefined ? undefined : 'sr'}>{label}</label>
      {shown !== undefined && <span aria-hidden="true">{shown}</span>}
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([each, words]) => <option key={each} value={each}>{words}</option>)}
      </select>
    </div>
  );
}
