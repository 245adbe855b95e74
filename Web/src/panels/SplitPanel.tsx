import type { SplitPanel as Spec, SplitRow } from '../api/types';
import { Bar } from '../charts/Bar';
import { inWords } from '../format/names';
import { integer, interval, value, type Measure } from '../format/numbers';
import { Choice } from '../parts/Segments';
import { TableBox } from '../parts/TableBox';
import { setQuery } from '../routing/location';
import { quoted, type PanelContext } from './context';
import { PanelCard, PanelEmpty, RowsButton } from './PanelCard';
import { showRows } from './showRows';

const rank: Record<string, number> = { value: 0, other: 1, none: 2 };
export const rowName = (row: SplitRow): string => (row.part === 'other' ? 'All others' : row.part === 'none' ? 'None' : row.name ?? '–');

/** A number part by part: how large, how sure, and of how many. */
export function SplitPanel({ panel, context }: { panel: Spec; context: PanelContext }): JSX.Element {
  const measure: Measure = { unit: panel.unit, currency: panel.currency ?? context.measure.currency };
  const rows = panel.rows.map((row, index) => ({ row, index })).sort((a, b) => (rank[a.row.part] ?? 0) - (rank[b.row.part] ?? 0) || a.index - b.index).map((each) => each.row);
  const most = Math.max(0, ...rows.flatMap((row) => [row.value ?? 0, row.high ?? 0]));
  const least = Math.min(0, ...rows.flatMap((row) => [row.value ?? 0, row.low ?? 0]));
  const has = { interval: rows.some((row) => row.low !== null), n: rows.some((row) => row.n !== null), halves: rows.some((row) => row.denominator !== null) };
  const dimensions = [...new Set([panel.dimension, ...(panel.dimensions ?? context.dimensions)])];
  const open = (row: SplitRow): void => showRows(panel.range ?? context.range, row.part === 'none' ? `${panel.dimension} is null` : `${panel.dimension} = ${quoted(row.name ?? '')}`, `${inWords(panel.dimension)}: ${rowName(row)}`);
  return (
    <PanelCard kind="split" title={panel.title} about={has.interval ? 'The point is the value, the whiskers its 95 % interval' : `By ${inWords(panel.dimension)}`} notes={panel.notes}
      tools={dimensions.length > 1 ? <Choice label="By" value={panel.dimension} options={dimensions.map((name) => [name, inWords(name)] as const)} onChange={(by) => setQuery({ by })} /> : undefined}>
      {rows.length === 0 ? <PanelEmpty>No part has a row in this range.</PanelEmpty> : (
        <TableBox label={`${panel.title}, parts`}>
          <table className="data breakdown-table"><caption className="sr">{panel.title} by {inWords(panel.dimension)}</caption>
            <thead><tr><th scope="col">{inWords(panel.dimension)}</th><th scope="col" className="bar-column"><span className="sr">Size</span></th><th scope="col">Value</th>
              {has.interval && <th scope="col">95 % interval</th>}{has.n && <th scope="col">n</th>}{has.halves && <><th scope="col">Numerator</th><th scope="col">Denominator</th></>}</tr></thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.part + String(row.name)} className={row.part === 'value' ? undefined : 'rest'}><th scope="row">{rowName(row)}</th>
                  <td className="bar-column"><Bar value={row.value} low={row.low} high={row.high} least={least} most={most} /></td>
                  <td title={row.value === null ? 'Nothing to divide by, or too few to say' : undefined}>{row.part === 'other' || row.value === null ? <b>{value(row.value, measure)}</b> : <RowsButton label={`${rowName(row)}: ${value(row.value, measure)}, show its rows`} onClick={() => open(row)}><b>{value(row.value, measure)}</b></RowsButton>}</td>
                  {has.interval && <td>{interval(row.low, row.high, measure) ?? '–'}</td>}{has.n && <td>{integer(row.n)}</td>}
                  {has.halves && <><td>{integer(row.numerator)}</td><td>{integer(row.denominator)}</td></>}</tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </PanelCard>
  );
}
