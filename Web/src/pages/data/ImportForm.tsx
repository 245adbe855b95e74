import { useId, useRef, useState, type DragEvent } from 'react';
import { portion } from '../../format/numbers';
import { Icon } from '../../parts/Icon';
import { FailureNote } from '../../parts/Waiting';
import { ImportResult } from './ImportResult';
import { useImport } from './useImport';

/** Takes a file by choosing or dropping it, shows how far it is, and what was refused. */
export function ImportForm({ source }: { source: string }): JSX.Element {
  const { now, start, cancel, reset } = useImport(source);
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const take = (files: FileList | null): void => { const file = files?.[0]; if (file) start(file); if (input.current) input.current.value = ''; };
  const drop = (event: DragEvent): void => { event.preventDefault(); setOver(false); take(event.dataTransfer.files); };
  const isBusy = now.state === 'sending' || now.state === 'importing';
  return (
    <div className="import">
      {!isBusy && (
        <div className={isOver ? 'drop over' : 'drop'} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
          <Icon name="upload" size={18} />
          <div><label htmlFor={id} className="drop-label">Import a file into {source}</label><p>Drop it here, or choose it: CSV, CSV.gz, Parquet or JSONL. The same file twice changes nothing.</p></div>
          <input ref={input} id={id} className="file-input" type="file" accept=".csv,.gz,.parquet,.jsonl,.ndjson,.json,.tsv,.txt,.log" onChange={(event) => take(event.target.files)} />
        </div>
      )}
      {(now.state === 'sending' || now.state === 'importing') && (
        <div className="progress-box" role="status">
          <p><b className="mono">{now.file}</b><span>{now.state === 'sending' ? 'Sending' : 'Importing'}, {portion(now.progress)}</span></p>
          <progress aria-label={`${now.state === 'sending' ? 'Sending' : 'Importing'} ${now.file}`} max={1} value={now.progress} />
          <button type="button" className="button small" onClick={cancel}><Icon name="x" size={13} />Cancel</button>
        </div>
      )}
      {now.state === 'done' && <ImportResult report={now.report} onClose={reset} />}
      {now.state === 'failed' && <FailureNote failure={now.failure} />}
    </div>
  );
}
