import type { Answer, Cell } from '../../api/types';

/** One part of a metric, as the answer's row says it. */
export interface Part {
  name: string; kind: 'value' | 'other' | 'none';
  value: number | null; low: number | null; high: number | null; n: number | null;
  change: number | null; changeUnit: string; withinNoise: boolean;
}

const number = (cell: Cell | undefined): number | null => (typeof cell === 'number' ? cell : null);

/** The rows of a question with one dimension; `other` and `none` come last, since they are no parts of their own. */
export function parts(answer: Answer): Part[] {
  const at = (name: string): number => answer.columns.findIndex((column) => column.name === name || (column.field ?? '') === name);
  const dimension = answer.columns.findIndex((column) => column.kind === 'dimension');
  const kind = answer.columns.findIndex((column) => column.kind === 'part');
  const found = answer.rows.map((row): Part => {
    const part = row[kind] === 'other' || row[kind] === 'none' ? row[kind] as 'other' | 'none' : row[dimension] === null ? 'none' : 'value';
    return {
      name: part === 'other' ? 'All others' : part === 'none' ? 'None' : String(row[dimension]), kind: part,
      value: number(row[at('value')]), low: number(row[at('low')]), high: number(row[at('high')]), n: number(row[at('n')]),
      change: number(row[at('change')]), changeUnit: String(row[at('change_unit')] ?? '%'), withinNoise: row[at('within_noise')] === true,
    };
  });
  const rank = { value: 0, other: 1, none: 2 };
  return found.map((part, index) => ({ part, index })).sort((a, b) => rank[a.part.kind] - rank[b.part.kind] || a.index - b.index).map((each) => each.part);
}
