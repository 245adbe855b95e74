import { useState } from 'react';
import { Failure, send, unreachable } from '../../api/request';
import type { LibraryEntry, WrittenFile } from '../../api/types';
import { refreshAll } from '../../api/useRequest';
import { CopyButton } from '../../parts/CopyButton';
import { Icon } from '../../parts/Icon';
import { Choice } from '../../parts/Segments';
import { FailureNote } from '../../parts/Waiting';
import { say } from '../../shell/announcer';

type Adding = { state: 'ready' } | { state: 'working' } | { state: 'written'; file: string } | { state: 'failed'; failure: Failure };

/** One entry: what it measures, when to use it, how it misleads. */
export function LibraryCard({ entry, isThere, sources }: { entry: LibraryEntry; isThere: boolean; sources: string[] }): JSX.Element {
  const needs = entry.needs.map(needText).filter((need) => need !== '');
  const [adding, setAdding] = useState<Adding>({ state: 'ready' });
  const [chosen, setSource] = useState('');
  const source = chosen === '' && sources.length === 1 ? sources[0] ?? '' : chosen;
  const add = (): void => {
    setAdding({ state: 'working' });
    send<WrittenFile>('POST', `/library/${encodeURIComponent(entry.id)}`, source === '' ? {} : { source }).then(
      ({ file }) => { setAdding({ state: 'written', file }); say(`${entry.title} added`); refreshAll(); },
      (reason: unknown) => setAdding({ state: 'failed', failure: reason instanceof Failure ? reason : unreachable() }));
  };
  return (
    <article className="card library-card" data-entry={entry.id} aria-label={entry.title}>
      <header><h2>{entry.title}</h2>{entry.variant && <span className="kind">{entry.variant}</span>}</header>
      <p>{entry.is}</p>
      <dl className="pairs">
        <dt>Formula</dt><dd className="mono">{entry.formula}</dd>
        <dt>Unit</dt><dd>{entry.unit}{entry.better !== 'none' && <>, better {entry.better}</>}</dd>
        <dt>Use it</dt><dd>{entry.use}</dd>
        <dt>Misleads</dt><dd>{entry.misleads}</dd>
        {entry.guardrail && <><dt>Guardrail</dt><dd>{entry.guardrail}</dd></>}
        {needs.length > 0 && <><dt>Needs</dt><dd>{needs.map((need) => <div key={need}>{need}</div>)}</dd></>}
        {entry.source && <><dt>Described</dt><dd>{entry.source}</dd></>}
      </dl>
      <details><summary>The file it writes</summary><pre className="source-text" tabIndex={0} aria-label={`${entry.title} as YAML`}>{entry.yaml}</pre><CopyButton text={entry.yaml} of="definition" /></details>
      <footer>
        {adding.state === 'written' ? (
          <p className="written" role="status"><Icon name="circle-check" size={15} /><span>Written to <span className="mono">{adding.file}</span></span></p>
        ) : isThere && adding.state === 'ready' ? <p className="written quiet"><Icon name="check" size={15} />In the workspace</p> : (
          <>
            {sources.length > 1 && <Choice label="Reads" value={source} options={[['', 'choose…'], ...sources.map((name) => [name, name] as const)]} onChange={setSource} />}
            <button type="button" className="button primary" disabled={adding.state === 'working'} onClick={add}><Icon name="plus" size={15} />Add to workspace</button>
          </>
        )}
      </footer>
      {adding.state === 'failed' && <FailureNote failure={adding.failure} />}
    </article>
  );
}

/** A need is a sentence, or what is needed with its meaning. */
function needText(need: unknown): string {
  if (typeof need !== 'object' || need === null) return String(need);
  const { kind, name, type, is } = need as Record<string, unknown>;
  return [[kind, name, type && `(${String(type)})`].filter(Boolean).join(' '), is].filter(Boolean).join(': ');
}
