import type { Intake } from '../../api/intake';
import type { Sources } from '../../api/types';
import type { Inventory } from '../../api/behaviour';
import { Failure } from '../../api/request';
import { isAdministrator, useSession } from '../../api/session';
import { useRequest } from '../../api/useRequest';
import { Icon } from '../../parts/Icon';
import { PageHead } from '../../parts/PageHead';
import { Status } from '../../parts/Status';
import { FailureNote, Loading, Skeleton } from '../../parts/Waiting';
import { Link } from '../../routing/location';
import { NotFoundPage } from '../NotFoundPage';
import { KeysCard } from '../settings/KeysCard';
import { IntakeCard } from './IntakeCard';
import { InventoryCard } from './InventoryCard';
import { QuarantineCard } from './QuarantineCard';
import { SendEvents } from './SendEvents';
import { Card } from '../../parts/Card';

/** A source of events: what comes in, how it fits the plan, what was refused, and who may send. */
export function EventsPage({ name }: { name: string }): JSX.Element {
  const { account } = useSession();
  const sources = useRequest<Sources>('/sources');
  const source = sources.data?.sources.find((each) => each.name === name);
  const path = `/sources/${encodeURIComponent(name)}`;
  const takes = source?.takes === 'events';
  const intake = useRequest<Intake>(takes ? `${path}/intake` : undefined);
  const inventory = useRequest<Inventory>(takes ? `${path}/events` : undefined);
  if (sources.data && !takes) return <NotFoundPage />;
  // Where nothing came yet, the first thing to do comes first.
  const isNew = intake.data !== undefined && intake.data.rows === 0 && intake.data.quarantined === 0 && intake.data.waiting_bytes === 0;
  const toSend = (
    <>
      {isAdministrator(account) && takes && <KeysCard sources={[name]} first={name} only={name} />}
      <Card title="How to send" about="The client that an application has already will do"><SendEvents source={name} hasKeys={isAdministrator(account)} /></Card>
    </>
  );
  return (
    <>
      <PageHead title={name} about={source?.is ?? undefined} status={source && <Status kind="state" of={source.state} />}
        tools={<><Link className="button small" href={`/live?source=${encodeURIComponent(name)}`}><Icon name="radio" size={14} />Live</Link><Link className="button small" href={`/explore/funnel?source=${encodeURIComponent(name)}`}><Icon name="compass" size={14} />Explore</Link></>} />
      {intake.data?.failure && <div className="intake-failure"><FailureNote failure={new Failure(0, intake.data.failure)} /></div>}
      {isNew && toSend}
      <Loading of={intake} skeleton={<Skeleton height={280} />}>{(data) => <IntakeCard intake={data} watermark={source?.watermark ?? null} />}</Loading>
      <Loading of={inventory} skeleton={<Skeleton height={360} />}>{(data) => <InventoryCard inventory={data} />}</Loading>
      {account.role !== 'viewer' && <QuarantineCard source={name} />}
      {!isNew && toSend}
    </>
  );
}
