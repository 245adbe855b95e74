import { useMemo } from 'react';
import type { Catalogue, SourceEntry, Sources } from '../../api/types';
import { useRequest } from '../../api/useRequest';
import { Icon } from '../../parts/Icon';
import { Picker } from '../../parts/Picker';
import { Warnings } from '../../parts/Warnings';
import { EmptyState, Loading, Skeleton } from '../../parts/Waiting';
import { Link, setQuery, useLocation } from '../../routing/location';
import { BreakdownCard } from '../kpi/BreakdownCard';
import { ReceiptCard } from '../kpi/ReceiptCard';
import { standardRange, type View } from '../kpi/state';
import { TrendCard } from '../kpi/TrendCard';
import { readFilters } from './asked';
import { Conditions } from './builder/Conditions';
import { expression, type Condition } from './conditions';
import { KnownContext, useInventory } from './inventory';

/** Any metric over time and by its dimensions. */
export function MetricsPart(): JSX.Element {
  const catalogue = useRequest<Catalogue>('/catalogue');
  const { query } = useLocation();
  const wanted = query.get('metric');
  const grain = query.get('grain') ?? 'week', range = query.get('range') ?? standardRange(grain), compare = query.get('compare') ?? 'none', by = query.get('by') ?? '';
  const metric = catalogue.data?.metrics.find((each) => each.id === wanted) ?? catalogue.data?.metrics[0];
  const id = metric?.id ?? '';
  const sources = useRequest<Sources>('/sources').data?.sources;
  const source = sources?.find((each) => each.name === metric?.source);
  const filters = readFilters(query.get('filter'));
  const where = expression(filters, (name) => source?.columns.find((column) => column.name === name)?.type);
  const view = useMemo((): View => ({ kind: 'metric', id, metric: id, grain, range, compare, by, where }), [id, grain, range, compare, by, where]);
  return (
    <Loading of={catalogue} skeleton={<Skeleton height={460} />}>
      {(data) => (!metric ? <EmptyState icon="chart-line" title="No metric is defined yet" action={<Link className="button primary" href="/catalogue?tab=library"><Icon name="library" size={15} />Open the library</Link>}>The library has the usual ones ready.</EmptyState> : (
        <>
          {wanted !== null && wanted !== metric.id && <Warnings label="Warnings" texts={[`There is no metric named “${wanted}”; what follows is about ${metric.title}.`]} />}
          <div className="explore-bar metrics-bar">
            <Picker label={`Metric: ${metric.title}, change`} shown={<><span className="placeholder">Metric</span><span className="event-name">{metric.title}</span></>} placeholder="Search metrics"
              options={data.metrics.map((each) => ({ value: each.id, words: each.title, detail: each.is ?? undefined, mark: each.unit }))} onPick={(name) => setQuery({ metric: name, by: undefined, filter: undefined })} />
            <p>{metric.is}</p>
            <Link className="button small" href={`/metric/${encodeURIComponent(metric.id)}`}>All about it<Icon name="arrow-right" size={14} /></Link>
          </div>
          {source && <MetricFilters key={source.name} source={source} filters={filters} />}
          <TrendCard key={id} view={view} hasTime={metric.hasTime} />
          <BreakdownCard key={`${id} parts`} view={view} metric={metric} />
          <ReceiptCard view={view} />
        </>
      ))}
    </Loading>
  );
}

/** Which rows the metric looks at. */
function MetricFilters({ source, filters }: { source: SourceEntry; filters: readonly Condition[] }): JSX.Element {
  const { known } = useInventory(source);
  return (
    <KnownContext.Provider value={known}>
      <div className="metric-filters" role="group" aria-label="Only where"><span>Only where</span>
        <Conditions label="Only where" conditions={filters} adds="filter" hasSegments onChange={(conditions) => setQuery({ filter: conditions.length > 0 ? JSON.stringify(conditions) : undefined })} />
      </div>
    </KnownContext.Provider>
  );
}
