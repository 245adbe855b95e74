import type { ImportedFile, ImportReport } from '../../api/types';
import { integer, plural, value } from '../../format/numbers';
import { Icon } from '../../parts/Icon';
import { TableBox } from '../../parts/TableBox';

const states: Record<string, string> = { stored: 'Stored', unchanged: 'Unchanged: the same file was there', replaced: 'Replaced the rows of its earlier version', refused: 'Refused' };

/** What an import did: rows stored, rows refused and the first offenders with their lines. */
export function ImportResult({ report, onClose }: { report: ImportReport; onClose: () => void }): JSX.Element {
  return (
    <div className="import-result" role="status">
      <header>
        <p><Icon name="circle-check" size={15} /><b>{plural(report.rows, 'row')} in {report.source}</b> <span className="quiet">after {value(report.seconds, { unit: 'duration' })}</span></p>
        <button type="button" className="ghost" aria-label="Close the import's result" onClick={onClose}><Icon name="x" size={14} /></button>
      </header>
      {report.files.map((file) => <FileResult key={file.file} file={file} />)}
    </div>
  );
}

function FileResult({ file }: { file: ImportedFile }): JSX.Element {
  return (
    <div className="file-result">
      <p><span className="mono">{file.file}</span> <span>{states[file.state] ?? file.state}: {integer(file.rowsRead)} read, {integer(file.rowsStored)} stored, <span className={file.rowsRefused > 0 ? 'watch' : undefined}>{integer(file.rowsRefused)} refused</span></span></p>
      {file.refusals.length > 0 && (
        <TableBox label={`Refused rows of ${file.file}`}>
          <table className="data refusals">
            <caption className="sr">First refused rows of {file.file}</caption>
            <thead><tr><th scope="col">Line</th><th scope="col">Column</th><th scope="col">Why</th><th scope="col">Text</th></tr></thead>
            <tbody>{file.refusals.map((refusal) => <tr key={`${refusal.line}${refusal.column ?? ''}`}><th scope="row">{integer(refusal.line)}</th><td className="mono">{refusal.column ?? '–'}</td><td>{refusal.reason}</td><td className="mono">{refusal.text}</td></tr>)}</tbody>
          </table>
        </TableBox>
      )}
    </div>
  );
}
