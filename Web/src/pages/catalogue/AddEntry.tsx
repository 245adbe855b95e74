import { useId, useState } from 'react';
import { Failure, failureOf, send } from '../../api/request';
import type { LibraryEntry, WrittenFile } from '../../api/types';
import { refreshAll } from '../../api/useRequest';
import { Icon } from '../../parts/Icon';
import { Choice } from '../../parts/Segments';
import { FailureNote } from '../../parts/Waiting';
import { say } from '../../shell/announcer';
import { addition } from './library';

type Adding = { state: 'ready' } | { state: 'working' } | { state: 'written'; file: string } | { state: 'failed'; failure: Failure };

/** Writes an entry of the library into the workspace: which sources it reads, and the button. */
export function AddEntry({ entry, isThere, sources }: { entry: LibraryEntry; isThere: boolean; sources: string[] }): JSX.Element {
  const [adding, setAdding] = useState<Adding>({ state: 'ready' });
  const [chosen, choose] = useState<Record<string, string>>({});
  const [names, setNames] = useState('');
  const id = useId();
  const roles = entry.roles && entry.roles.length > 0 ? entry.roles : ['source'];
  const bound = Object.fromEntries(roles.map((role) => [role, chosen[role] ?? (sources.length === 1 && role === 'source' ? sources[0] ?? '' : '')]));
  const add = (): void => {
    setAdding({ state: 'working' });
    send<WrittenFile>('POST', `/library/${encodeURIComponent(entry.id)}`, addition(bound, names)).then(
      ({ file }) => { setAdding({ state: 'written', file }); say(`${entry.title} added`); refreshAll(); },
      (reason: unknown) => setAdding({ state: 'failed', failure: failureOf(reason) }));
  };
  if (adding.state === 'written') return <footer><p className="written" role="status"><Icon name="circle-check" size={15} /><span>Written to <span className="mono">{adding.file}</span></span></p></footer>;
  if (isThere && adding.state === 'ready') return <footer><p className="written quiet"><Icon name="check" size={15} />In the workspace</p></footer>;
  return (
    <>
      <footer>
        {sources.length > 1 && roles.map((role) => (
          <Choice key={role} label={role === 'source' ? 'Reads' : role.charAt(0).toUpperCase() + role.slice(1)} value={bound[role] ?? ''} options={[['', 'choose…'], ...sources.map((name) => [name, name] as const)]} onChange={(name) => choose({ ...chosen, [role]: name })} />
        ))}
        <button type="button" className="button primary" disabled={adding.state === 'working'} aria-label={`Add to workspace: ${entry.title}${entry.variant ? `, ${entry.variant}` : ''}`} onClick={add}><Icon name="plus" size={15} />Add to workspace</button>
      </footer>
      {adding.state === 'failed' && (
        <>
          <FailureNote failure={adding.failure} />
          {entry.needs.length > 0 && (
            <div className="field"><label htmlFor={id}>Your names for what it needs</label><input id={id} value={names} placeholder="person=user_id, amount=net_total" onChange={(event) => setNames(event.target.value)} /><p className="hint">The library’s name, then yours; then add again.</p></div>
          )}
        </>
      )}
    </>
  );
}
