import { Icon } from './Icon';
import { csv, type CsvCell } from '../format/csv';

/** Hands the numbers of a picture out as a file that spreadsheets read. */
export function CsvButton({ name, head, rows }: { name: string; head: readonly string[]; rows: () => readonly (readonly CsvCell[])[] }): JSX.Element {
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([csv(head, rows())], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${name}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  return <button type="button" className="ghost" aria-label="Download as CSV" title="Download as CSV" onClick={save}><Icon name="download" /></button>;
}
