import { useMemo } from 'react';
import type { Panel, Panels as Answer } from '../api/types';
import { withQuery } from '../api/request';
import { useRequest } from '../api/useRequest';
import { Card } from '../parts/Card';
import { FailureNote, Skeleton, Waiting } from '../parts/Waiting';
import { BridgePanel } from './BridgePanel';
import { CohortsPanel } from './CohortsPanel';
import type { PanelContext } from './context';
import { LifetimePanel } from './LifetimePanel';
import { OpinionPanel } from './OpinionPanel';
import { PanelCard, PanelEmpty } from './PanelCard';
import { QuotientPanel } from './QuotientPanel';
import { RevenueCohortsPanel } from './RevenueCohortsPanel';
import { ScatterPanel } from './ScatterPanel';
import { SplitPanel } from './SplitPanel';
import { SurvivalPanel } from './SurvivalPanel';

/** The panels that the metric's kind calls for; nothing where it calls for none. */
export function Panels({ context, over, by }: { context: PanelContext; over: string | undefined; by: string }): JSX.Element | null {
  const { kind, id, grain } = context;
  const answer = useRequest<Answer>(withQuery('/panels', { [kind]: id, over, grain, by }));
  const panels = useMemo(() => (answer.data?.panels ?? []).filter((panel) => panel.kind in known), [answer.data]);
  // A server without panels answers 404; then the page is as it was before there were any.
  if (answer.failure) return answer.failure.status === 404 ? null : <Card title="More about this number"><FailureNote failure={answer.failure} again={answer.reload} /></Card>;
  if (!answer.data) return <Waiting><Skeleton height={240} /></Waiting>;
  return <div className={answer.isLoading ? 'is-refreshing' : undefined}>{panels.map((panel, index) => <One key={panel.kind + index} panel={panel} context={context} />)}</div>;
}

const known: Record<Panel['kind'], true> = { refused: true, quotient: true, bridge: true, cohorts: true, survival: true, opinion: true, lifetime: true, scatter: true, split: true };

function One({ panel, context }: { panel: Panel; context: PanelContext }): JSX.Element {
  switch (panel.kind) {
    case 'refused': return <PanelCard kind="refused" title={panel.title} notes={[]}><PanelEmpty>{panel.notes.map((note) => note.message).join(' ')}</PanelEmpty></PanelCard>;
    case 'quotient': return <QuotientPanel panel={panel} context={context} />;
    case 'bridge': return <BridgePanel panel={panel} context={context} />;
    case 'cohorts': return panel.unit === 'money' ? <RevenueCohortsPanel panel={panel} context={context} /> : <CohortsPanel panel={panel} context={context} />;
    case 'survival': return <SurvivalPanel panel={panel} context={context} />;
    case 'opinion': return <OpinionPanel panel={panel} context={context} />;
    case 'lifetime': return <LifetimePanel panel={panel} context={context} />;
    case 'scatter': return <ScatterPanel panel={panel} context={context} />;
    case 'split': return <SplitPanel panel={panel} context={context} />;
  }
}
