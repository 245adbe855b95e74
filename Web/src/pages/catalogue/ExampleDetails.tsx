import type { LibraryExample } from '../../api/types';
import { value, type Measure } from '../../format/numbers';

/** A worked example: a few rows, what comes out of them, and why, so that anybody can check it by hand. */
export function ExampleDetails({ example, measure }: { example: LibraryExample | string; measure: Measure }): JSX.Element {
  return (
    <details className="example">
      <summary>Worked example</summary>
      {typeof example === 'string' ? <p>{example}</p> : (
        <>
          {example.tables.map((table) => (
            <div key={table.role} className="table-box" tabIndex={0} role="region" aria-label={table.is}>
              <table className="data compact"><caption>{table.is}</caption>
                <thead><tr>{table.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
                <tbody>{table.rows.map((row, index) => <tr key={index}>{row.map((cell, at) => <td key={at}>{cell === '' ? <span className="quiet">none</span> : cell}</td>)}</tr>)}</tbody>
              </table>
            </div>
          ))}
          <p><b>{value(example.value, measure)}</b> in {example.over}: {example.because}</p>
        </>
      )}
    </details>
  );
}
