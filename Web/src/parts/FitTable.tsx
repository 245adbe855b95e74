import { Fragment, useId, useState, type ReactNode } from 'react';
import { Icon } from './Icon';
import { useNarrow } from './useNarrow';

/** A column of a table, after the one that names its rows. */
export interface TableColumn<Row> {
  head: ReactNode; cell: (row: Row) => ReactNode; className?: string | undefined;
  /** Says more of a cell where one points at it. */
  title?: ((row: Row) => string | undefined) | undefined;
  /** On a phone it stands beside the name; `never` leaves it out there, all others are told on demand. */
  narrow?: 'beside' | 'never' | undefined;
}

/**
 * A table whose rows are named by their first cell. On a phone it keeps the columns that matter most, and each row opens to tell the others, so that nothing has to be scrolled sideways.
 *
 * The name must hold no controls of its own, since on a phone it is the button that opens its row.
 */
export function FitTable<Row>({ className, caption, head, name, columns, rows, rowKey, rowClass }: {
  className?: string; caption: ReactNode; head: ReactNode; name: (row: Row) => ReactNode; columns: readonly TableColumn<Row>[]; rows: readonly Row[]; rowKey: (row: Row) => string | number; rowClass?: (row: Row) => string | undefined;
}): JSX.Element {
  const isNarrow = useNarrow(), id = useId();
  const [open, setOpen] = useState<readonly (string | number)[]>([]);
  const shown = isNarrow ? columns.filter((column) => column.narrow === 'beside') : columns;
  const more = isNarrow ? columns.filter((column) => column.narrow === undefined) : [];
  return (
    <table className={`data fit${className ? ` ${className}` : ''}`}>
      <caption className="sr">{caption}</caption>
      <thead><tr><th scope="col">{head}</th>{shown.map((column, index) => <th key={index} scope="col" className={column.className}>{column.head}</th>)}</tr></thead>
      <tbody>
        {rows.map((row, at) => {
          const key = rowKey(row), isOpen = more.length > 0 && open.includes(key), of = `${id}${at}`;
          return (
            <Fragment key={key}>
              <tr className={[rowClass?.(row), isOpen && 'opened'].filter(Boolean).join(' ') || undefined}>
                <th scope="row">{more.length === 0 ? name(row) : (
                  <button type="button" className="disclose" aria-expanded={isOpen} aria-controls={isOpen ? of : undefined} onClick={() => setOpen(isOpen ? open.filter((each) => each !== key) : [...open, key])}>
                    <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size={14} /><span>{name(row)}</span>
                  </button>
                )}</th>
                {shown.map((column, index) => <td key={index} className={column.className} title={column.title?.(row)}>{column.cell(row)}</td>)}
              </tr>
              {isOpen && (
                <tr id={of} className="row-more"><td colSpan={shown.length + 1}>
                  <dl>{more.map((column, index) => <div key={index}><dt>{column.head}</dt><dd>{column.cell(row)}</dd></div>)}</dl>
                </td></tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
