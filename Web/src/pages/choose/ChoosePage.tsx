import { useId } from 'react';
import type { Library, Proposals } from '../../api/types';
import { withQuery } from '../../api/request';
import { useRequest } from '../../api/useRequest';
import { plural } from '../../format/numbers';
import { PageHead } from '../../parts/PageHead';
import { EmptyState, Loading, Skeleton } from '../../parts/Waiting';
import { useQueryState } from '../../routing/location';
import { useWorkspaceNames } from '../catalogue/useWorkspaceNames';
import { goalOf, goals, models, stages, titleOf } from './choices';
import { Pick } from './Pick';
import { ProposalList } from './ProposalList';

/** Three questions, then five to seven KPIs to begin with, each with its reason. */
export function ChoosePage(): JSX.Element {
  const [text, setText] = useQueryState('objective', '', 'replace');
  const [goal, setGoal] = useQueryState('goal', '', 'replace');
  const [model, setModel] = useQueryState('model', '', 'replace');
  const [stage, setStage] = useQueryState('stage', '', 'replace');
  const isAsked = goal !== '' && model !== '' && stage !== '';
  const proposals = useRequest<Proposals>(isAsked ? withQuery('/library/proposal', { goal, model, stage }) : undefined);
  const library = useRequest<Library>('/library');
  const { kpis } = useWorkspaceNames();
  const missing = [goal === '' && 'a goal', model === '' && 'how you earn', stage === '' && 'how far you are'].filter((each): each is string => each !== false);
  return (
    <>
      <PageHead title="Choose your KPIs" about={`Five to seven are enough for a team${kpis > 0 ? `; the workspace has ${plural(kpis, 'active KPI')}` : ''}`} />
      <div className="choose">
        <form className="card choose-form" aria-label="What you are after" onSubmit={(event) => event.preventDefault()}>
          <Pick number={1} title="What are you after?" options={goals} value={goal} onChange={setGoal}><Objective text={text} goal={goal} onText={setText} onGoal={setGoal} /></Pick>
          <Pick number={2} title="How do you earn?" options={models} value={model} onChange={setModel} />
          <Pick number={3} title="How far are you?" options={stages} value={stage} onChange={setStage} />
        </form>
        <section className="choose-answer" aria-label="Proposal">
          {!isAsked ? (
            <EmptyState icon="compass" title="A proposal stands here">Say {missing.length > 1 ? `${missing.slice(0, -1).join(', ')} and ${missing[missing.length - 1]}` : missing[0]}. It will hold an outcome, drivers that the team can move, and guardrails that must not suffer.</EmptyState>
          ) : (
            <Loading of={proposals} skeleton={<Skeleton height={150} count={5} />}>
              {(data) => <ProposalList proposals={data} entries={library.data?.entries ?? []} heading={text.trim() !== '' ? `For “${text.trim()}”` : `${titleOf(goals, goal)} for ${titleOf(models, model).toLowerCase()} at the stage of ${titleOf(stages, stage).toLowerCase()}`} />}
            </Loading>
          )}
        </section>
      </div>
    </>
  );
}

function Objective({ text, goal, onText, onGoal }: { text: string; goal: string; onText: (text: string) => void; onGoal: (goal: string) => void }): JSX.Element {
  const id = useId();
  const guess = goalOf(text);
  return (
    <div className="field objective-field">
      <label htmlFor={id}>In your own words</label>
      <input id={id} value={text} maxLength={200} placeholder="New teams succeed in their first week" onChange={(event) => onText(event.target.value)} />
      <p className="hint" role="status">{guess !== undefined && guess !== goal ? <>Sounds like <button type="button" className="text-button" onClick={() => onGoal(guess)}>{titleOf(goals, guess)}</button></> : 'What should be different, for whom, and by when. Then the word that comes nearest:'}</p>
    </div>
  );
}
