import { Fragment, type ReactNode } from 'react';
import { agesTitle } from '../format/ages';
import { integer } from '../format/numbers';
import { TableBox } from '../parts/TableBox';
import { useNarrow } from '../parts/useNarrow';
import type { HeatColours } from './heat';
import { useGrid } from './useGrid';

/** A cell of a cohort table: its text, its words, its colours, and what Enter opens; without colours it is still growing. */
export interface TableCell { age: number; text: string; detail: string; colours: HeatColours | undefined; onOpen?: (() => void) | undefined }
/** `foot` says below a row, age by age, of how many it is; such a row has no size, since it differs from age to age. */
export interface TableRow { key: string; name: string; size?: number; cells: TableCell[]; isPooled?: boolean; foot?: { name: string; cells: { age: number; text: string }[] } | undefined }

/** From how many ages on cells are narrower, so that a quarter of weeks fits beside a question. */
const manyAges = 11;

/** A triangle of heat cells, a row a cohort and a column an age: one stop of the Tab key, walked by arrows. */
export function CohortTable({ label, caption, sizes, ages, rows, ageTitle, ageName = String, tell }: {
  label: string; caption: string; sizes: string; ages: { unit: string; all: number[] }; rows: TableRow[]; ageTitle: (age: number) => string; ageName?: (age: number) => string; tell: (words: string | undefined) => void;
}): JSX.Element {
  const isNarrow = useNarrow();
  const grid = useGrid([0, ages.all[0] ?? 0]);
  const box = (row: number, cell: TableCell): JSX.Element => {
    const place = grid.cell(row, cell.age);
    return (
      <button type="button" {...place} className={cell.colours ? 'heat' : 'heat open'} style={cell.colours && { background: cell.colours.ground, color: cell.colours.ink }}
        aria-label={cell.detail} onClick={cell.onOpen} onPointerEnter={() => tell(cell.detail)} onPointerLeave={() => tell(undefined)} onFocus={() => { place.onFocus(); tell(cell.detail); }} onBlur={() => tell(undefined)}>
        {cell.text}
      </button>
    );
  };
  return (
    <TableBox className="cohort-box" label={`${label}, cohorts`} onKeyDown={grid.onKeyDown}>
      <table className={ages.all.length > manyAges ? 'cohort-table many' : 'cohort-table'} style={isNarrow ? undefined : { maxWidth: 190 + ages.all.length * 96 }}>
        <caption className="sr">{caption}</caption>
        <thead><tr><th scope="col">Started</th><th scope="col">{sizes}</th>{ages.all.map((age) => <th key={age} scope="col" title={ageTitle(age)}><span className="sr">{agesTitle(ages.unit)} </span>{ageName(age)}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, index) => (
            <Fragment key={row.key}>
              <tr className={row.isPooled ? 'pooled' : undefined}><th scope="row">{row.name}</th><td className="size">{row.size !== undefined && integer(row.size)}</td>
                {ages.all.map((age) => { const cell = row.cells.find((each) => each.age === age); return <td key={age}>{cell && box(index, cell)}</td>; })}
              </tr>
              {row.foot && <tr className="foot"><th scope="row" colSpan={2}>{row.foot.name}</th>{ages.all.map((age) => <td key={age}>{row.foot?.cells.find((each) => each.age === age)?.text}</td>)}</tr>}
            </Fragment>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

/** Below a cohort table: the cell in words that is pointed at or walked to, and what the colours mean. */
export function CohortFoot({ told, children }: { told: string; children: ReactNode }): JSX.Element {
  return <div className="cohort-foot"><p className="readout">{told}</p>{children}</div>;
}
