import { Icon } from './Icon';

/** Switches between a chart and the table of its numbers. */
export function TableButton({ isTable, onClick }: { isTable: boolean; onClick: () => void }): JSX.Element {
  const words = isTable ? 'Show chart' : 'Show data as a table';
  return <button type="button" className="ghost" aria-pressed={isTable} aria-label={words} title={words} onClick={onClick}><Icon name={isTable ? 'chart-line' : 'table-2'} /></button>;
}
