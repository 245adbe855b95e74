import type { Cell, RowsAnswer } from '../api/types';
import { useSession } from '../api/session';
import { withQuery } from '../api/request';
import { useRequest } from '../api/useRequest';
import { rangeText } from '../format/dates';
import { plural } from '../format/numbers';
import { Drawer } from '../parts/Drawer';
import { Pager } from '../parts/Pager';
import { EmptyState, FailureNote, Skeleton, Waiting } from '../parts/Waiting';
import { setQuery, useLocation } from '../routing/location';
import { cellText, columnDigits, isNumeric, page, pageSize } from './rows';

/** The rows behind a number, at the side of the page; the address says which. */
export function RowsDrawer({ id }: { id: string }): JSX.Element | null {
  const { query } = useLocation();
  const over = query.get('rows');
  if (over === null) return null;
  return <RowsOf id={id} over={over} where={query.get('where') ?? undefined} side={query.get('side') ?? undefined} source={query.get('source') ?? undefined} of={query.get('of') ?? ''} offset={Math.max(0, Number(query.get('offset')) || 0)} />;
}

function RowsOf({ id, over, where, side, source, of, offset }: { id: string; over: string; where: string | undefined; side: string | undefined; source: string | undefined; of: string; offset: number }): JSX.Element {
  const rows = useRequest<RowsAnswer>(withQuery('/rows', { metric: id, over, where, side, source, limit: String(pageSize), offset: offset > 0 ? String(offset) : undefined }));
  const close = (): void => setQuery({ rows: undefined, where: undefined, side: undefined, source: undefined, of: undefined, offset: undefined });
  const { data } = rows;
  const isRefused = rows.failure?.status === 403;
  return (
    <Drawer title="Rows behind this number" about={[of, rangeText(over)].filter(Boolean).join(' · ')} closes="Close the rows" onClose={close}>
        {isRefused ? (
          <EmptyState icon="lock" title="Your account may not see single rows">{rows.failure?.message} The number itself is yours to see; an administrator can give you the role that shows what is behind it.</EmptyState>
        ) : rows.failure ? <FailureNote failure={rows.failure} again={rows.reload} />
          : !data ? <Waiting><Skeleton height={320} /></Waiting>
            : <RowsBody data={data} offset={offset} isLoading={rows.isLoading} />}
    </Drawer>
  );
}

function RowsBody({ data, offset, isLoading }: { data: RowsAnswer; offset: number; isLoading: boolean }): JSX.Element {
  const { zone } = useSession().workspace;
  const { from, to, before, after } = page(offset, data.rows.length, data.total);
  const digits = data.columns.map((_, at) => columnDigits(data.rows, at));
  return (
    <>
      <div className="rows-about"><p role="status">{data.total === 0 ? 'No rows' : <>{plural(data.total, 'row')} of <b>{data.source}</b></>}</p>{data.filters.length > 0 && <ul aria-label="Filters">{data.filters.map((filter) => <li key={filter}><code>{filter}</code></li>)}</ul>}</div>
      {data.rows.length === 0 ? <EmptyState icon="rows-3" title="No row is behind it">{data.source === null ? 'This number is reckoned from others, each with rows of its own. Open the metrics it is built on, named in its definition below.' : 'The number is made of no rows in this range: a zero, or no value at all.'}</EmptyState> : (
        <div className={isLoading ? 'table-box rows-box is-refreshing' : 'table-box rows-box'} tabIndex={0} role="region" aria-label={`Rows of ${data.source}`}>
          <table className="data rows-table"><caption className="sr">Rows {from} to {to} of {data.source}</caption>
            <thead><tr>{data.columns.map((column) => <th key={column.name} scope="col" className={isNumeric(column.type) ? 'number' : undefined}>{column.name}<small>{column.type}</small></th>)}</tr></thead>
            <tbody>{data.rows.map((row, index) => <tr key={offset + index}>{row.map((cell: Cell, at) => { const type = data.columns[at]?.type ?? ''; return <td key={at} className={cell === null ? 'nothing' : isNumeric(type) ? 'number' : undefined}>{cellText(cell, type, zone, digits[at])}</td>; })}</tr>)}</tbody>
          </table>
        </div>
      )}
      {data.total > data.rows.length && (
        <Pager label="Pages of rows" from={from} to={to} total={data.total} before={before} after={after} />
      )}
    </>
  );
}
