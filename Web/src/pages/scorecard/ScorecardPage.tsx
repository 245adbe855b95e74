import { useMemo } from 'react';
import type { KPIStatus, Scorecard } from '../../api/types';
import { useSession } from '../../api/session';
import { useRequest } from '../../api/useRequest';
import { moment } from '../../format/dates';
import { Icon } from '../../parts/Icon';
import { PageHead } from '../../parts/PageHead';
import { Segments } from '../../parts/Segments';
import { EmptyState, Loading, Skeleton } from '../../parts/Waiting';
import { courseOrder } from '../../parts/Status';
import { Link, useQueryState } from '../../routing/location';
import { AttentionList } from './AttentionList';
import { CourseCounts } from './CourseCounts';
import { KPICard } from './KPICard';
import { ObjectiveGroup } from './ObjectiveGroup';

const orders = [['objective', 'By objective'], ['attention', 'By attention']] as const;

/** The few numbers that say whether the objectives are being reached; what needs somebody comes first. */
export function ScorecardPage(): JSX.Element {
  const scorecard = useRequest<Scorecard>('/scorecard');
  const [order, setOrder] = useQueryState('order', 'objective');
  const { workspace } = useSession();
  const kpis = scorecard.data?.kpis ?? [];
  return (
    <>
      <PageHead title="Scorecard" about={scorecard.data ? <>{workspace.title} <i className="dot">·</i> as of {moment(scorecard.data.asOf, workspace.zone)}</> : workspace.title}
        tools={kpis.length > 0 && <><CourseCounts kpis={kpis} /><Segments label="Order" value={order} options={orders} onChange={setOrder} /></>} />
      <Loading of={scorecard} skeleton={<div className="cards"><Skeleton height={196} count={8} /></div>}>
        {(data) => (data.kpis.length === 0 ? <NoKPIs /> : (
          <>
            <AttentionList scorecard={data} />
            {order === 'attention' ? <ByAttention scorecard={data} /> : <ByObjective scorecard={data} />}
          </>
        ))}
      </Loading>
    </>
  );
}

function ByAttention({ scorecard }: { scorecard: Scorecard }): JSX.Element {
  const sorted = useMemo(() => {
    const asked = scorecard.attention.map((each) => each.kpi);
    const rank = (kpi: KPIStatus): number => {
      const place = asked.indexOf(kpi.kpi);
      return place >= 0 ? place : asked.length + courseOrder.indexOf(kpi.course);
    };
    return [...scorecard.kpis].sort((a, b) => rank(a) - rank(b));
  }, [scorecard]);
  return <div className="cards">{sorted.map((kpi) => <KPICard key={kpi.kpi} kpi={kpi} level={2} />)}</div>;
}

function ByObjective({ scorecard }: { scorecard: Scorecard }): JSX.Element {
  const groups = useMemo(() => {
    const known = new Set(scorecard.objectives.map((objective) => objective.id));
    const of = (id: string): KPIStatus[] => scorecard.kpis.filter((kpi) => kpi.objective === id);
    return {
      objectives: scorecard.objectives.map((objective) => ({ objective, kpis: of(objective.id) })).filter((group) => group.kpis.length > 0),
      others: scorecard.kpis.filter((kpi) => kpi.objective === null || !known.has(kpi.objective)),
    };
  }, [scorecard]);
  const most = Math.max(groups.others.length, ...groups.objectives.map((group) => group.kpis.length));
  return (
    <div className={most <= 3 ? 'groups of-three' : 'groups'}>
      {groups.objectives.map((group) => <ObjectiveGroup key={group.objective.id} objective={group.objective} kpis={group.kpis} />)}
      {groups.others.length > 0 && <ObjectiveGroup objective={undefined} kpis={groups.others} />}
    </div>
  );
}

function NoKPIs(): JSX.Element {
  return (
    <EmptyState icon="gauge" title="No KPIs yet"
      action={<><Link className="button" href="/choose"><Icon name="compass" size={15} />Choose your KPIs</Link><Link className="button primary" href="/catalogue?tab=library"><Icon name="plus" size={15} />Add from the library</Link><Link className="button" href="/data"><Icon name="upload" size={15} />Import data</Link></>}>
      A KPI is a metric with an objective, an owner and a target. Start from the library, which writes the definition for you to adapt,
      and import the data that it reads. Five to seven KPIs are enough for a team.
    </EmptyState>
  );
}
