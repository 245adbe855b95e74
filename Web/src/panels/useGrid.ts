import { useRef, useState, type KeyboardEvent } from 'react';

interface CellProps { tabIndex: number; 'data-row': number; 'data-column': number; onFocus: () => void }
export interface Grid { onKeyDown: (event: KeyboardEvent<HTMLElement>) => void; cell: (row: number, column: number) => CellProps }

const moves: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** The buttons of a table as one stop of the Tab key; arrows, Home and End move between them. */
export function useGrid(first: [number, number] = [0, 0]): Grid {
  const [at, setAt] = useState(first);
  const box = useRef<HTMLElement>();
  const focus = (row: number, column: number): boolean => {
    const found = box.current?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
    found?.focus();
    return found != null;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    box.current = event.currentTarget;
    const { dataset } = event.target as HTMLElement;
    const move = moves[event.key];
    if (dataset['row'] === undefined || (!move && event.key !== 'Home' && event.key !== 'End')) return;
    event.preventDefault();
    const row = Number(dataset['row']), column = Number(dataset['column']);
    if (!move) {
      const inRow = [...event.currentTarget.querySelectorAll<HTMLElement>(`[data-row="${row}"]`)];
      (event.key === 'Home' ? inRow[0] : inRow[inRow.length - 1])?.focus();
      return;
    }
    // A step over a gap, since triangles have no cell at some places.
    for (let step = 1; step <= 40; step += 1) if (focus(row + move[0] * step, column + move[1] * step)) return;
  };
  return {
    onKeyDown,
    cell: (row, column) => ({
      tabIndex: row === at[0] && column === at[1] ? 0 : -1, 'data-row': row, 'data-column': column, onFocus: () => setAt([row, column]),
    }),
  };
}
