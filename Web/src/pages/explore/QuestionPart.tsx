import { useMemo, useState } from 'react';
import type { SourceEntry, Sources } from '../../api/types';
import { useSession } from '../../api/session';
import { useAnswer } from '../../api/useAnswer';
import { Icon } from '../../parts/Icon';
import { EmptyState, FailureNote, Skeleton } from '../../parts/Waiting';
import { AnswerPart, type Answers } from './AnswerPart';
import { Builder } from './builder/Builder';
import { Foldable } from './builder/Fold';
import { QuestionBar } from './builder/QuestionBar';
import { answerPath, definitionOf, missing } from './definition';
import { KnownContext, useInventory } from './inventory';
import { kinds, type Kind } from './kinds';
import { PeopleDrawer } from './PeopleDrawer';
import { ReceiptPart } from './ReceiptPart';
import { SavedMenu } from './SavedMenu';
import { SaveDrawer } from './SaveDrawer';
import { numbersOf } from './saving';
import { sentenceOf } from './sentence';
import { useAsked } from './state';
import { begun } from './begin';

/** A question on the left, its answer on the right; the address holds all of it. `every` are all sources, not only those with events. */
export function QuestionPart({ kind, entry, sources, every }: { kind: Kind; entry: SourceEntry; sources: Sources['sources']; every: Sources['sources'] }): JSX.Element {
  const source = entry.name;
  const { known, isReady } = useInventory(entry, every);
  const written = useAsked(kind);
  const asked = useMemo(() => begun(written, known), [written, known]);
  const yaml = useMemo(() => definitionOf(asked, source, known.type), [asked, source, known]);
  const answer = useAnswer<Answers>(isReady ? answerPath(`/${kind}`, asked, yaml, known.type) : undefined);
  const [saving, setSaving] = useState<'definition' | 'kpi'>();
  const { account } = useSession();
  const isWanting = missing(asked) !== undefined && asked.name === undefined && asked.yaml === undefined;
  const mayWrite = account.role !== 'viewer';
  const canSave = yaml !== undefined && asked.name === undefined && mayWrite;
  const numbers = useMemo(() => numbersOf(answer.data), [answer.data]);
  // A saved definition is not narrowed by a metric, so what was asked besides would be lost.
  const canBeKPI = mayWrite && numbers.length > 0 && (canSave || (asked.name !== undefined && asked.filters.length === 0));
  const builder = <Builder asked={asked} source={source} sources={sources} yaml={yaml} saved={answer.data?.yaml} />;
  return (
    <KnownContext.Provider value={known}>
      <div className="explore">
        <Foldable sentence={sentenceOf(asked)} canFold={!isReady || (!isWanting && answer.failure === undefined)}>{builder}</Foldable>
        <div className="explore-answer">
          <div className="explore-bar">
            <QuestionBar asked={asked} />
            <div className="explore-actions">
              <SavedMenu kind={kind} />
              {canSave && <button type="button" className="button small" aria-label="Save as definition" onClick={() => setSaving('definition')}><Icon name="bookmark" size={14} /><span>Save<span className="roomy"> as definition</span></span></button>}
              {canBeKPI && <button type="button" className="button small primary" onClick={() => setSaving('kpi')}><Icon name="target" size={14} />Make it a KPI</button>}
            </div>
          </div>
          {answer.failure && <FailureNote failure={answer.failure} again={answer.reload} />}
          {isWanting ? <EmptyState icon={kinds[kind].icon} title={missing(asked)!}>{kinds[kind].about}. {known.events.length === 0 ? 'No events of this source are known yet; a name can be typed.' : 'The events that came in are listed with their counts.'}</EmptyState>
            : answer.data ? (
              <div className={answer.isLoading || answer.failure ? 'answer is-refreshing' : 'answer'} aria-busy={answer.isLoading}>
                <AnswerPart answer={answer.data} />
                <ReceiptPart receipt={answer.data.receipt} />
              </div>
            ) : !answer.failure && <div className="waiting" role="status" aria-label="Loading"><Skeleton height={480} /></div>}
        </div>
      </div>
      <PeopleDrawer asked={asked} yaml={yaml} known={known} />
      {saving && <SaveDrawer kind={kind} sentence={asked.yaml === undefined ? sentenceOf(asked) : ''} numbers={saving === 'kpi' ? numbers : []} definition={asked.name} yaml={(words) => definitionOf(asked, source, known.type, words)} onClose={() => setSaving(undefined)} />}
    </KnownContext.Provider>
  );
}
