import type { Sources } from '../../api/types';
import { isAdministrator, useSession } from '../../api/session';
import { useRequest } from '../../api/useRequest';
import { PageHead } from '../../parts/PageHead';
import { EmptyState, Loading, Skeleton } from '../../parts/Waiting';
import { useLocation } from '../../routing/location';
import { KeysCard } from './KeysCard';

/** What administrators set: so far, who may send events. */
export function SettingsPage(): JSX.Element {
  const { account } = useSession();
  const { query } = useLocation();
  const sources = useRequest<Sources>('/sources');
  const taking = (sources.data?.sources ?? []).filter((source) => source.takes === 'events').map((source) => source.name);
  const wanted = query.get('source');
  return (
    <>
      <PageHead title="Settings" about="Who may send events into this workspace" />
      {!isAdministrator(account) ? <EmptyState icon="lock" title="Only administrators change settings">Ask one for a write key; they find it here, or make it with <code>yardstick key make</code>.</EmptyState> : (
        <Loading of={sources} skeleton={<Skeleton height={300} />}>
          {() => (taking.length === 0
            ? <EmptyState icon="key-round" title="No source takes events yet">A write key belongs to a source of events. Write <code>from: events</code> in a source, then make its key here.</EmptyState>
            : <KeysCard sources={taking} first={wanted !== null && taking.includes(wanted) ? wanted : taking[0]!} />)}
        </Loading>
      )}
    </>
  );
}
