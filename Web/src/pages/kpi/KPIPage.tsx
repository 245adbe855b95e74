import { useMemo } from 'react';
import { useSession } from '../../api/session';
import type { KPIDetail, MetricDetail, MetricEntry } from '../../api/types';
import { useRequest } from '../../api/useRequest';
import { PageHead } from '../../parts/PageHead';
import { Card } from '../../parts/Card';
import { Findings } from '../../parts/Findings';
import { Status } from '../../parts/Status';
import { Loading, Skeleton } from '../../parts/Waiting';
import { useLocation } from '../../routing/location';
import type { PanelContext } from '../../panels/context';
import { Panels } from '../../panels/Panels';
import { RowsDrawer } from '../../panels/RowsDrawer';
import { BreakdownCard } from './BreakdownCard';
import { DefinitionCard } from './DefinitionCard';
import { KPIFacts, MetricFacts } from './Facts';
import { ReceiptCard } from './ReceiptCard';
import { RowsLink } from './RowsLink';
import { askedRange, grainOf, standardRange, type View } from './state';
import { TrendCard } from './TrendCard';

const skeleton = <><Skeleton height={104} /><Skeleton height={430} /><div className="columns"><Skeleton height={300} count={2} /></div></>;

function useView(kind: View['kind'], id: string, metric: string, review: string | null | undefined): View {
  const { query } = useLocation();
  const grain = query.get('grain') ?? grainOf(review);
  return {
    kind, id, metric, grain, range: query.get('range') ?? standardRange(grain),
    compare: query.get('compare') ?? 'none', by: query.get('by') ?? '',
  };
}

export function KPIPage({ id }: { id: string }): JSX.Element {
  const detail = useRequest<KPIDetail>(`/kpis/${encodeURIComponent(id)}`);
  const status = detail.data?.status;
  const view = useView('kpi', id, status?.metric ?? '', status?.review);
  return (
    <>
      <PageHead title={status?.title ?? id} about={detail.data?.metric.is ?? undefined} status={status && <Status kind="course" of={status.course} />}
        tools={status?.period && <RowsLink period={status.period} of={status.title} />} />
      <Loading of={detail} skeleton={skeleton}>
        {(data) => (
          <>
            <KPIFacts detail={data} />
            <Body view={view} metric={data.metric} findings={data.findings}
              definition={<DefinitionCard definition={data.definition} metric={data.metric} status={data.status} objective={data.objective} guardrail={data.guardrail ?? guardrailIn(data.definition.yaml)} />} />
          </>
        )}
      </Loading>
    </>
  );
}

export function MetricPage({ id }: { id: string }): JSX.Element {
  const detail = useRequest<MetricDetail>(`/metrics/${encodeURIComponent(id)}`);
  const view = useView('metric', id, id, null);
  return (
    <>
      <PageHead title={detail.data?.title ?? id} about={detail.data?.is ?? undefined} status={detail.data && <Status kind="health" of={detail.data.health} />}
        tools={detail.data && <RowsLink range={view.range} of={detail.data.title} />} />
      <Loading of={detail} skeleton={skeleton}>
        {(data) => (
          <>
            <MetricFacts metric={data} view={view} />
            <Body view={view} metric={data} findings={data.findings}
              definition={<DefinitionCard definition={data} metric={data} status={undefined} objective={null} guardrail={undefined} />} />
          </>
        )}
      </Loading>
    </>
  );
}

function Body({ view, metric, findings, definition }: { view: View; metric: MetricEntry; findings: KPIDetail['findings']; definition: JSX.Element }): JSX.Element {
  const { zone } = useSession().workspace;
  const { kind, id, grain, range } = view;
  const context = useMemo((): PanelContext => ({
    kind, id, grain, range, zone, measure: { unit: metric.unit, currency: metric.currency }, better: metric.better, dimensions: metric.dimensions,
  }), [kind, id, grain, range, zone, metric]);
  const about = findings.length === 1 ? 'One thing the checks say' : `${findings.length} things the checks say`;
  return (
    <>
      <TrendCard view={view} hasTime={metric.hasTime} />
      <Panels context={context} over={askedRange(view)} by={view.by} />
      <BreakdownCard view={view} metric={metric} />
      <div className="columns">
        {definition}
        <div className="column">
          <ReceiptCard view={view} />
          {findings.length > 0 && <Card title="Findings" about={about}><Findings findings={findings} /></Card>}
        </div>
      </div>
      <RowsDrawer id={id} />
    </>
  );
}

/** The guardrail named in the definition's text, where the answer does not name it. */
const guardrailIn = (yaml: string): string | undefined => /^guardrail:\s*["']?([A-Za-z0-9_-]+)/m.exec(yaml)?.[1];
