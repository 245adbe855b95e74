import { useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { SourceEntry, Sources } from '../../api/types';
import { useSession } from '../../api/session';
import { useAnswer } from '../../api/useAnswer';
import type { Loaded } from '../../api/useRequest';
import { Icon } from '../../parts/Icon';
import { EmptyState, FailureNote, Skeleton, Waiting } from '../../parts/Waiting';
import { Warnings } from '../../parts/Warnings';
import { Link } from '../../routing/location';
import { say } from '../../shell/announcer';
import { AnswerPart, type Answers } from './AnswerPart';
import { Builder } from './builder/Builder';
import { Foldable } from './builder/Fold';
import { QuestionBar } from './builder/QuestionBar';
import { answerPath, definitionOf, missing } from './definition';
import { headlineOf } from './headline';
import { KnownContext, useInventory, type Known } from './inventory';
import { kinds, type Kind } from './kinds';
import { mistakeOf, otherKind, unseen } from './mistakes';
import { PeopleDrawer } from './PeopleDrawer';
import { ReceiptPart } from './ReceiptPart';
import { SavedMenu } from './SavedMenu';
import { SaveDrawer } from './SaveDrawer';
import { numbersOf } from './saving';
import { sentenceOf } from './sentence';
import { Slow } from './Slow';
import { useAsked } from './state';
import { begun } from './begin';

/** A question on the left, its answer on the right; the address holds all of it. `every` are all sources, not only those with events; `tools` is where the page's head takes what can be done with the question. */
export function QuestionPart({ kind, entry, sources, every, tools }: { kind: Kind; entry: SourceEntry; sources: Sources['sources']; every: Sources['sources']; tools: HTMLElement | null }): JSX.Element {
  const source = entry.name;
  const { known, isReady } = useInventory(entry, every);
  const written = useAsked(kind);
  const asked = useMemo(() => begun(written, known), [written, known]);
  const yaml = useMemo(() => definitionOf(asked, source, known.type), [asked, source, known]);
  const isOwnQuestion = asked.name === undefined && asked.yaml === undefined;
  const isNew = isOwnQuestion && isReady && entry.takes === 'events' && known.events.every((event) => event.count === 0);
  const other = otherKind(asked.yaml, kind), isEmptyText = asked.yaml !== undefined && asked.yaml.trim() === '';
  const path = isReady && !isNew && other === undefined && !isEmptyText ? answerPath(`/${kind}`, asked, yaml, known.type) : undefined;
  const answer = useAnswer<Answers>(path);
  useTold(answer, path);
  const [saving, setSaving] = useState<'definition' | 'kpi'>();
  const { account } = useSession();
  const isWanting = isOwnQuestion && missing(asked) !== undefined, isAsked = !isNew && !isWanting && other === undefined && !isEmptyText;
  const mistake = isAsked && answer.failure ? mistakeOf(answer.failure, asked, yaml) : undefined;
  const mayWrite = account.role !== 'viewer';
  const canSave = isAsked && mistake?.isOwn !== true && yaml !== undefined && asked.name === undefined && mayWrite;
  const numbers = useMemo(() => numbersOf(answer.data), [answer.data]);
  // A saved definition is not narrowed by a metric, so what was asked besides would be lost.
  const canBeKPI = mayWrite && isAsked && numbers.length > 0 && (canSave || (asked.name !== undefined && asked.filters.length === 0));
  const builder = <Builder asked={asked} source={source} sources={sources} yaml={yaml} saved={answer.data?.yaml} wrong={mistake?.field} />;
  return (
    <KnownContext.Provider value={known}>
      <div className="explore">
        <Foldable sentence={sentenceOf(asked)} canFold={!isReady || (isAsked && answer.failure === undefined)}>{builder}</Foldable>
        <div className="explore-answer">
          {!kinds[kind].isTimeless && <div className="explore-bar"><QuestionBar asked={asked} /></div>}
          {tools && createPortal((
            <>
              <SavedMenu kind={kind} />
              {canSave && <button type="button" className="button small" aria-label="Save as definition" onClick={() => setSaving('definition')}><Icon name="bookmark" size={14} /><span>Save<span className="roomy"> as definition</span></span></button>}
              {canBeKPI && <button type="button" className="button small primary" onClick={() => setSaving('kpi')}><Icon name="target" size={14} />Make it a KPI</button>}
            </>
          ), tools)}
          <Slow isAsking={isAsked && answer.isLoading} of={path} />
          {mistake && <FailureNote failure={mistake.failure} again={mistake.isOwn ? undefined : answer.reload} />}
          {isAsked && <Warnings label="Warnings" texts={entry.takes === 'events' ? unseen(asked, known).map(({ event, like }) => unseenWords(event, like, known)) : []} />}
          {isNew ? <NothingCame source={source} canSend={mayWrite} />
            : other !== undefined ? <EmptyState icon={kinds[other].icon} title={`This text is about ${kinds[other].title.toLowerCase()}`} action={<Link className="button primary" href={`/explore/${other}?${new URLSearchParams({ yaml: asked.yaml ?? '' }).toString()}`}>Ask it there</Link>}>It begins with “{other}:”; here it would begin with “{kind}:”.</EmptyState>
            : isEmptyText ? <EmptyState icon="file-text" title="Write the definition">It begins with “{kind}: a_name” and “from: {source}”. A new question is built by choosing, and can be turned into text.</EmptyState>
            : isWanting ? <EmptyState icon={kinds[kind].icon} title={missing(asked)!}>{kinds[kind].about}. {known.events.length === 0 ? 'No events of this source are known yet; a name can be typed.' : 'The events that came in are listed with their counts.'}</EmptyState>
            : answer.data ? (
              <div className={answer.isLoading || answer.failure ? 'answer is-refreshing' : 'answer'} aria-busy={answer.isLoading}>
                <AnswerPart answer={answer.data} />
                <ReceiptPart receipt={answer.data.receipt} />
              </div>
            ) : !mistake && <Waiting><Skeleton height={480} /></Waiting>}
        </div>
      </div>
      <PeopleDrawer asked={asked} yaml={yaml} known={known} />
      {saving && <SaveDrawer kind={kind} sentence={asked.yaml === undefined ? sentenceOf(asked) : ''} numbers={saving === 'kpi' ? numbers : []} definition={asked.name} yaml={(words) => definitionOf(asked, source, known.type, words)} onClose={() => setSaving(undefined)} />}
    </KnownContext.Provider>
  );
}

/** Says a changed question's answer in a sentence; the first one is read with the page, and the same one with newer data is not said again. */
function useTold({ data, isLoading }: Loaded<Answers>, path: string | undefined): void {
  const told = useRef<string>();
  useEffect(() => {
    if (!data || isLoading || path === undefined || told.current === path) return;
    if (told.current !== undefined) say(headlineOf(data), 'unseen');
    told.current = path;
  }, [data, isLoading, path]);
}

const unseenWords = (event: string, like: string | undefined, known: Known): JSX.Element => {
  const isPlanned = known.events.some((each) => each.name === event);
  return <>No event named <b>{event}</b> has come in{isPlanned ? ' yet, though it is planned' : ''}, so nobody has done it.{like !== undefined && <> Is it <b>{like}</b>?</>}</>;
};

/** What stands where a source has no events yet: how one is sent, and that the page waits for it. */
function NothingCame({ source, canSend }: { source: string; canSend: boolean }): JSX.Element {
  return (
    <EmptyState icon="radio" title={`No event has come into ${source} yet`} action={<Link className="button primary" href={`/data/${encodeURIComponent(source)}`}><Icon name="database" size={15} />{canSend ? 'How to send events' : 'About this source'}</Link>}>
      Questions about behaviour are answered from what people did. As soon as an application sends an event, it can be chosen here.
      <span className="live-state connecting awaited"><i aria-hidden="true" />Waiting for the first event</span>
    </EmptyState>
  );
}
