import { useId } from 'react';
import { setQuery } from '../../../routing/location';

/** The definition as text: everything that the language can say, asked as it is typed. */
export function TextField({ text, onLeave }: { text: string; onLeave: () => void }): JSX.Element {
  const id = useId();
  return (
    <div className="question-field text-field">
      <label htmlFor={id}>Definition</label>
      <textarea id={id} value={text} rows={Math.min(24, Math.max(10, text.split('\n').length + 1))} spellCheck={false} onChange={(event) => setQuery({ yaml: event.target.value }, 'replace')} />
      <button type="button" className="button small" onClick={onLeave}>New question</button>
    </div>
  );
}
