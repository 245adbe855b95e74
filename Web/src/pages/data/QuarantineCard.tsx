import { useState } from 'react';
import type { Quarantine, QuarantinedRow } from '../../api/intake';
import { Failure, failureOf, read, send, withQuery } from '../../api/request';
import { useSession } from '../../api/session';
import { refreshAll, useRequest } from '../../api/useRequest';
import { moment } from '../../format/dates';
import { integer, plural } from '../../format/numbers';
import { PanelEmpty } from '../../panels/PanelCard';
import { Card } from '../../parts/Card';
import { CopyButton } from '../../parts/CopyButton';
import { Icon } from '../../parts/Icon';
import { FailureNote, Loading, Skeleton } from '../../parts/Waiting';
import { say } from '../../shell/announcer';

const pageSize = '50';
const path = (source: string, more = ''): string => `/sources/${encodeURIComponent(source)}/quarantine${more}`;

/** Events that were refused: why, what was sent, and trying them again after the mend. */
export function QuarantineCard({ source }: { source: string }): JSX.Element {
  const quarantine = useRequest<Quarantine>(withQuery(path(source), { limit: pageSize }));
  return (
    <Card className="quarantine" title="Refused events" about="Kept with the reason, so that nothing is lost: mend the cause, then try them again">
      <Loading of={quarantine} skeleton={<Skeleton height={200} />}>
        {(data) => (data.total === 0 ? <PanelEmpty icon="circle-check">Nothing was refused.</PanelEmpty> : <Refused key={`${data.total} ${String(data.rows[0]?.id)}`} source={source} first={data} />)}
      </Loading>
    </Card>
  );
}

function Refused({ source, first }: { source: string; first: Quarantine }): JSX.Element {
  const [rows, setRows] = useState(first.rows);
  const [chosen, setChosen] = useState<readonly QuarantinedRow['id'][]>([]);
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  const fail = (reason: unknown): void => { setBusy(false); setFailure(failureOf(reason)); };
  const act = (what: 'replay' | 'remove'): void => {
    setBusy(true);
    setFailure(undefined);
    send<{ accepted?: number; refused?: number; removed?: number }>('POST', path(source, `/${what}`), { ids: chosen }).then(
      (answer) => { say(what === 'replay' ? `${integer(answer.accepted)} taken, ${integer(answer.refused)} refused again` : `${integer(answer.removed)} removed`); refreshAll(); setBusy(false); setChosen([]); }, fail);
  };
  const more = (): void => {
    read<Quarantine>(withQuery(path(source), { limit: pageSize, before: String(rows[rows.length - 1]?.id ?? '') })).then((answer) => setRows((now) => [...now, ...answer.rows]), fail);
  };
  const isAll = chosen.length === 0;
  return (
    <>
      <ul className="code-chips" aria-label="Reasons">{first.codes.map((each) => <li key={each.code}><code>{each.code}</code> {integer(each.count)}</li>)}</ul>
      <div className="quarantine-actions">
        <p role="status">{isAll ? plural(first.total, 'event') : `${integer(chosen.length)} chosen`}</p>
        <button type="button" className="button small" disabled={isBusy} onClick={() => act('replay')}><Icon name="refresh-cw" size={13} />{isAll ? 'Try all again' : 'Try them again'}</button>
        {/* All of them are never removed with one press. */}
        <button type="button" className="button small danger-line" disabled={isBusy || isAll} title={isAll ? 'Choose some first' : undefined} onClick={() => act('remove')}><Icon name="trash" size={13} />Remove</button>
      </div>
      {failure && <FailureNote failure={failure} />}
      <ul className="refused-list">{rows.map((row) => <RefusedRow key={row.id} row={row} isChosen={chosen.includes(row.id)} onChoose={(isChosen) => setChosen(isChosen ? [...chosen, row.id] : chosen.filter((id) => id !== row.id))} />)}</ul>
      {rows.length < first.total && <button type="button" className="button small" onClick={more}>Older ones</button>}
    </>
  );
}

function RefusedRow({ row, isChosen, onChoose }: { row: QuarantinedRow; isChosen: boolean; onChoose: (isChosen: boolean) => void }): JSX.Element {
  const { zone } = useSession().workspace;
  return (
    <li>
      <input type="checkbox" aria-label={`Choose the event refused ${moment(row.received, zone)}, ${row.code}`} checked={isChosen} onChange={(event) => onChoose(event.target.checked)} />
      <div>
        <p>{row.message}</p>
        <p className="code">{row.code} · {row.format === 'own' ? 'Yardstick’s own format' : row.format} · {moment(row.received, zone)}{row.message_id && ` · ${row.message_id}`}</p>
        <details><summary>What was sent</summary><pre className="source-text" tabIndex={0} aria-label="What was sent">{pretty(row.raw)}</pre><CopyButton text={row.raw} of="raw event" /></details>
      </div>
    </li>
  );
}

/** JSON with a line for each member; what is none stays as it came. */
function pretty(raw: string): string {
  try { return JSON.stringify(JSON.parse(raw), undefined, 2); } catch { return raw; }
}
