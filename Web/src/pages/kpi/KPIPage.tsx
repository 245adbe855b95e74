import { useMemo } from 'react';
import type { KPIDetail, MetricDetail } from '../../api/types';
import { useRequest } from '../../api/useRequest';
import { PageHead } from '../../parts/PageHead';
import { Card } from '../../parts/Card';
import { Findings } from '../../parts/Findings';
import { Status } from '../../parts/Status';
import { Loading, Skeleton } from '../../parts/Waiting';
import { useLocation } from '../../routing/location';
import { BreakdownCard } from './BreakdownCard';
import { DefinitionCard } from './DefinitionCard';
import { KPIFacts, MetricFacts } from './Facts';
import { ReceiptCard } from './ReceiptCard';
import { grainOf, standardRange } from './state';
import { TrendCard } from './TrendCard';

/** What the cards of the page share: the thing asked about and the state in the address. */
export interface View { kind: 'kpi' | 'metric'; id: string; metric: string; grain: string; range: string; compare: string; by: string }

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
      <PageHead title={status?.title ?? id} about={detail.data?.metric.is ?? undefined} status={status && <Status kind="course" of={status.course} />} />
      <Loading of={detail} skeleton={skeleton}>
        {(data) => (
          <>
            <KPIFacts detail={data} />
            <Body view={view} dimensions={data.metric.dimensions} findings={data.findings}
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
      <PageHead title={detail.data?.title ?? id} about={detail.data?.is ?? undefined} status={detail.data && <Status kind="health" of={detail.data.health} />} />
      <Loading of={detail} skeleton={skeleton}>
        {(data) => (
          <>
            <MetricFacts metric={data} />
            <Body view={view} dimensions={data.dimensions} findings={data.findings}
              definition={<DefinitionCard definition={data} metric={data} status={undefined} objective={null} guardrail={undefined} />} />
          </>
        )}
      </Loading>
    </>
  );
}

function Body({ view, dimensions, findings, definition }: { view: View; dimensions: string[]; findings: KPIDetail['findings']; definition: JSX.Element }): JSX.Element {
  const about = useMemo(() => (findings.length === 1 ? 'One thing the checks say' : `${findings.length} things the checks say`), [findings]);
  return (
    <>
      <TrendCard view={view} />
      <BreakdownCard view={view} dimensions={dimensions} />
      <div className="columns">
        {definition}
        <div className="column">
          <ReceiptCard view={view} />
          {findings.length > 0 && <Card title="Findings" about={about}><Findings findings={findings} /></Card>}
        </div>
      </div>
    </>
  );
}

/** The guardrail named in the definition's text, where the answer does not name it. */
const guardrailIn = (yaml: string): string | undefined => /^guardrail:\s*["']?([A-Za-z0-9_-]+)/m.exec(yaml)?.[1];
