import { Icon } from './Icon';

/** What is noted of numbers, each in a line. */
export function NoteList({ notes }: { notes: readonly string[] }): JSX.Element | null {
  if (notes.length === 0) return null;
  return <ul className="notes">{notes.map((note, index) => <li key={index}><Icon name="info" size={14} /><span>{note}</span></li>)}</ul>;
}
