import { useMemo, useState } from 'react';
import type { SourceEntry, Sources } from '../../api/types';
import type { FunnelAnswer as Funnel, LifecycleAnswer as Lifecycle, ActivityAnswer as Activity } from '../../api/behaviour';
import { useSession } from '../../api/session';
import { useAnswer } from '../../api/useAnswer';
import { Icon } from '../../parts/Icon';
import { EmptyState, FailureNote, Skeleton } from '../../parts/Waiting';
import { AnswerPart, type Answers } from './AnswerPart';
import { Builder } from './builder/Builder';
import { QuestionBar } from './builder/QuestionBar';
import { answerPath, definitionOf, missing } from './definition';
import { KnownContext, useInventory } from './inventory';
import { kinds, type Kind } from './kinds';
import { PeopleDrawer } from './PeopleDrawer';
import { ReceiptPart } from './ReceiptPart';
import { SavedMenu } from './SavedMenu';
import { SaveDrawer } from './SaveDrawer';
import { metricOf } from './saving';
import type { Asked } from './asked';
import { useAsked } from './state';
import { begun } from './begin';

/** A question on the left, its answer on the right; the address holds all of it. */
export function QuestionPart({ kind, entry, sources }: { kind: Kind; entry: SourceEntry; sources: Sources['sources'] }): JSX.Element {
  const source = entry.name;
  const { known, isReady } = useInventory(entry);
  const written = useAsked(kind);
  const asked = useMemo(() => begun(written, known), [written, known]);
  const yaml = useMemo(() => definitionOf(asked, source, known.type), [asked, source, known]);
  const answer = useAnswer<Answers>(isReady ? answerPath(`/${kind}`, asked, yaml, known.type) : undefined);
  const [saving, setSaving] = useState<'definition' | 'kpi'>();
  const { account } = useSession();
  const wanted = missing(asked);
  const canSave = yaml !== undefined && asked.name === undefined && account.role !== 'viewer';
  const canBeKPI = canSave && asked.yaml === undefined && metricOf(kind, 'x', '', '', source, []) !== undefined;
  return (
    <KnownContext.Provider value={known}>
      <div className="explore">
        <Builder asked={asked} source={source} sources={sources} yaml={yaml} saved={answer.data?.yaml} />
        <div className="explore-answer">
          <div className="explore-bar">
            <QuestionBar asked={asked} />
            <div className="explore-actions">
              <SavedMenu kind={kind} />
              {canSave && <button type="button" className="button small" onClick={() => setSaving('definition')}><Icon name="bookmark" size={14} />Save as definition</button>}
              {canBeKPI && <button type="button" className="button small primary" onClick={() => setSaving('kpi')}><Icon name="target" size={14} />Make it a KPI</button>}
            </div>
          </div>
          {answer.failure && <FailureNote failure={answer.failure} again={answer.reload} />}
          {wanted !== undefined && asked.name === undefined && asked.yaml === undefined ? <EmptyState icon={kinds[kind].icon} title={wanted}>{kinds[kind].about}. {known.events.length === 0 ? 'No events of this source are known yet; a name can be typed.' : 'The events that came in are listed with their counts.'}</EmptyState>
            : answer.data ? (
              <div className={answer.isLoading || answer.failure ? 'answer is-refreshing' : 'answer'} aria-busy={answer.isLoading}>
                <AnswerPart answer={answer.data} />
                <ReceiptPart receipt={answer.data.receipt} />
              </div>
            ) : !answer.failure && <div className="waiting" role="status" aria-label="Loading"><Skeleton height={480} /></div>}
        </div>
      </div>
      <PeopleDrawer asked={asked} yaml={yaml} known={known} />
      {saving && <SaveDrawer kind={kind} isKPI={saving === 'kpi'} source={source} events={eventsOf(asked)} now={numberOf(kind, answer.data)} yaml={(words) => definitionOf(asked, source, known.type, words)} onClose={() => setSaving(undefined)} />}
    </KnownContext.Provider>
  );
}

function eventsOf(asked: Asked): string[] {
  try { const first: unknown = JSON.parse(asked.fields['events'] ?? '[]'); return Array.isArray(first) ? first.flatMap((each: unknown) => (typeof each === 'string' ? [each] : (each as { e?: string[] }).e ?? [])) : []; } catch { return []; }
}

/** The number that a KPI of this question starts from. */
function numberOf(kind: Kind, answer: Answers | undefined): number | null {
  if (!answer) return null;
  switch (kind) {
    case 'funnel': return (answer as Funnel).conversion?.value ?? null;
    case 'activity': { const { days } = answer as Activity; return days?.[days.length - 1]?.mau ?? null; }
    case 'lifecycle': { const { periods } = answer as Lifecycle; return [...periods].reverse().find((each) => each.complete)?.current ?? null; }
    default: return null;
  }
}
