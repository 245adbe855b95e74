import { useId } from 'react';

/** A labelled field of a form, with a word of help below it, or what is wrong with it. */
export function FormField({ label, value, type = 'text', hint, placeholder, mistake, isRequired = false, onChange }: {
  label: string; value: string; type?: string; hint?: string; placeholder?: string; mistake?: string | undefined; isRequired?: boolean; onChange: (value: string) => void;
}): JSX.Element {
  const id = useId();
  return (
    <div className="field"><label htmlFor={id}>{label}</label>
      <input id={id} type={type} value={value} placeholder={placeholder} required={isRequired} aria-invalid={mistake !== undefined || undefined} aria-describedby={mistake !== undefined || hint ? `${id}help` : undefined} onChange={(event) => onChange(event.target.value)} />
      {(mistake ?? hint) && <small id={`${id}help`} className={mistake === undefined ? undefined : 'mistake'} role={mistake === undefined ? undefined : 'alert'}>{mistake ?? hint}</small>}
    </div>
  );
}

/** A labelled choice of a form. */
export function FormChoice({ label, value, options, onChange }: { label: string; value: string | undefined; options: readonly (readonly [value: string, words: string])[]; onChange: (value: string) => void }): JSX.Element {
  const id = useId();
  return <div className="field"><label htmlFor={id}>{label}</label><select id={id} value={value} onChange={(event) => onChange(event.target.value)}>{options.map(([each, words]) => <option key={each} value={each}>{words}</option>)}</select></div>;
}
