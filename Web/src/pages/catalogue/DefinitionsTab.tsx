import { useMemo } from 'react';
import type { Catalogue } from '../../api/types';
import { useRequest } from '../../api/useRequest';
import { plural } from '../../format/numbers';
import { Card } from '../../parts/Card';
import { Findings } from '../../parts/Findings';
import { Icon } from '../../parts/Icon';
import { Choice } from '../../parts/Segments';
import { EmptyState, Loading, Skeleton } from '../../parts/Waiting';
import { Link, setQuery, useQueryState } from '../../routing/location';
import { DefinitionsTable } from './DefinitionsTable';
import { chosen, entries, owners } from './entries';
import { SearchField } from './SearchField';

const kinds = [['', 'All'], ['KPI', 'KPIs'], ['Metric', 'Metrics']] as const;
const healths = [['', 'All'], ['good', 'Healthy'], ['warning', 'Warning'], ['error', 'Broken']] as const;

export function DefinitionsTab(): JSX.Element {
  const catalogue = useRequest<Catalogue>('/catalogue');
  const [text, setText] = useQueryState('q', '', 'replace');
  const [kind, setKind] = useQueryState('kind', '');
  const [owner, setOwner] = useQueryState('owner', '');
  const [health, setHealth] = useQueryState('health', '');
  const all = useMemo(() => (catalogue.data ? entries(catalogue.data) : []), [catalogue.data]);
  const shown = useMemo(() => chosen(all, { text, kind, owner, health }), [all, text, kind, owner, health]);
  const clear = (): void => setQuery({ q: undefined, kind: undefined, owner: undefined, health: undefined });
  return (
    <Loading of={catalogue} skeleton={<Skeleton height={520} />}>
      {(data) => (all.length === 0 ? <NoDefinitions /> : (
        <>
          <div className="filters">
            <SearchField label="Search definitions" value={text} onChange={setText} />
            <Choice label="Kind" value={kind} options={kinds} onChange={setKind} />
            <Choice label="Owner" value={owner} options={[['', 'All'], ...owners(all).map((name) => [name, name] as const)]} onChange={setOwner} />
            <Choice label="Health" value={health} options={healths} onChange={setHealth} />
            <p className="filters-count" role="status">{plural(shown.length, 'definition')}{shown.length < all.length && ` of ${all.length}`}</p>
          </div>
          {shown.length === 0
            ? <EmptyState icon="search" title="Nothing fits" action={<button type="button" className="button" onClick={clear}>Clear search and filters</button>}>No definition has all of these words and properties.</EmptyState>
            : <DefinitionsTable entries={shown} />}
          {data.findings.length > 0 && text === '' && kind === '' && <Card className="all-findings" title="Findings" about="What the checks say of all definitions"><Findings findings={data.findings} /></Card>}
        </>
      ))}
    </Loading>
  );
}

function NoDefinitions(): JSX.Element {
  return (
    <EmptyState icon="library" title="Nothing is defined yet" action={<Link className="button primary" href="/catalogue?tab=library"><Icon name="plus" size={15} />Open the library</Link>}>
      Metrics and KPIs are files in the workspace’s definitions folder. The library writes the first ones for you.
    </EmptyState>
  );
}
