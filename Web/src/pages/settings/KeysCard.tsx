import { useState } from 'react';
import { send } from '../../api/request';
import type { NewWriteKey, WriteKey, WriteKeys } from '../../api/intake';
import { useSession } from '../../api/session';
import { useRequest } from '../../api/useRequest';
import { useSending } from '../../api/useSending';
import { moment } from '../../format/dates';
import { PanelEmpty } from '../../panels/PanelCard';
import { Card } from '../../parts/Card';
import { Drawer } from '../../parts/Drawer';
import { Icon } from '../../parts/Icon';
import { TableBox } from '../../parts/TableBox';
import { FailureNote, Loading, Skeleton } from '../../parts/Waiting';
import { say } from '../../shell/announcer';
import { KeyForm } from './KeyForm';
import { NewKey } from './NewKey';

/** The write keys: which there are, a new one, and ending one. */
export function KeysCard({ sources, first, only }: { sources: readonly string[]; first: string; only?: string }): JSX.Element {
  const keys = useRequest<WriteKeys>('/keys');
  const [made, setMade] = useState<NewWriteKey>();
  const [isMaking, setMaking] = useState(false);
  const [ending, setEnding] = useState<WriteKey>();
  const shown = (keys.data?.keys ?? []).filter((key) => only === undefined || key.source === only);
  return (
    <Card className="keys" title="Write keys" about="They can only write, into their source, and from the sites that they name"
      tools={<button type="button" className="button small primary" onClick={() => { setMade(undefined); setMaking(true); }}><Icon name="plus" size={14} />Make a key</button>}>
      <Loading of={keys} skeleton={<Skeleton height={120} />}>
        {() => (shown.length === 0 ? <PanelEmpty icon="key-round">There is no key yet. Make one; its text is shown once.</PanelEmpty> : <KeyTable keys={shown} onRevoke={setEnding} />)}
      </Loading>
      {isMaking && (
        <Drawer place="middle" title={made ? 'The new key' : 'Make a write key'} about={made ? `${made.about.label || 'Without a label'}, into ${made.about.source}` : 'For one application, so that it can be ended alone'} closes="Close" onClose={() => setMaking(false)}>
          {made ? <NewKey made={made} /> : <KeyForm sources={sources} first={first} onMade={(next) => { setMade(next); say('Key made'); keys.reload(); }} />}
        </Drawer>
      )}
      {ending && <Revoke of={ending} onClose={() => setEnding(undefined)} onDone={() => { setEnding(undefined); say('Key revoked'); keys.reload(); }} />}
    </Card>
  );
}

function KeyTable({ keys, onRevoke }: { keys: WriteKey[]; onRevoke: (key: WriteKey) => void }): JSX.Element {
  const { zone } = useSession().workspace;
  return (
    <TableBox label="Write keys, data">
      <table className="data keys-table stacked">
        <caption className="sr">Write keys</caption>
        <thead><tr><th scope="col">Label</th><th scope="col">Key</th><th scope="col">Source</th><th scope="col">From</th><th scope="col">Made</th><th scope="col">State</th></tr></thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id} className={key.revoked === null ? undefined : 'running'}>
              <th scope="row">{key.label || `Key ${key.id}`}</th><td className="mono">{key.hint}…</td><td data-label="into" className="mono">{key.source}</td>
              <td data-label="from">{key.site ?? (key.origins.length === 0 ? 'anywhere' : key.origins.join(', '))}</td><td data-label="made">{moment(key.made, zone)}</td>
              <td>{key.revoked === null ? <button type="button" className="button small" aria-label={`Revoke ${key.label || `key ${key.id}`}`} onClick={() => onRevoke(key)}>Revoke</button> : `revoked ${moment(key.revoked, zone)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function Revoke({ of, onClose, onDone }: { of: WriteKey; onClose: () => void; onDone: () => void }): JSX.Element {
  const sending = useSending();
  const revoke = (): void => sending.run(send('DELETE', `/keys/${of.id}`), onDone);
  return (
    <Drawer place="middle" title={`Revoke ${of.label || `key ${of.id}`}?`} about="Within a second nothing is taken with it any more. What was sent stays. It cannot be undone." closes="Keep the key" onClose={onClose}>
      {sending.failure && <FailureNote failure={sending.failure} />}
      <div className="form-actions"><button type="button" className="button" onClick={onClose}>Keep it</button><button type="button" className="button danger" disabled={sending.isBusy} onClick={revoke}>Revoke it</button></div>
    </Drawer>
  );
}
