import type * as Behaviour from '../../api/behaviour';
import { ActivityAnswer } from './answers/ActivityAnswer';
import { AdoptionAnswer } from './answers/AdoptionAnswer';
import { CampaignsAnswer } from './answers/CampaignsAnswer';
import { FunnelAnswer } from './answers/FunnelAnswer';
import { LifecycleAnswer } from './answers/LifecycleAnswer';
import { PathsAnswer } from './answers/PathsAnswer';
import { RetentionAnswer } from './answers/RetentionAnswer';
import { SegmentAnswer } from './answers/SegmentAnswer';

/** Any answer about behaviour; `yaml` is the text of a saved definition, where the server says it. */
export type Answers = (Behaviour.FunnelAnswer | Behaviour.RetentionAnswer | Behaviour.LifecycleAnswer | Behaviour.ActivityAnswer | Behaviour.AdoptionAnswer | Behaviour.PathsAnswer | Behaviour.CampaignsAnswer | Behaviour.SegmentAnswer) & { yaml?: string };

/** The answer as its kind shows it. */
export function AnswerPart({ answer }: { answer: Answers }): JSX.Element | null {
  if ('funnel' in answer) return <FunnelAnswer answer={answer} />;
  if ('retention' in answer) return <RetentionAnswer answer={answer} />;
  if ('lifecycle' in answer) return <LifecycleAnswer answer={answer} />;
  if ('activity' in answer) return <ActivityAnswer answer={answer} />;
  if ('adoption' in answer) return <AdoptionAnswer answer={answer} />;
  if ('paths' in answer) return <PathsAnswer answer={answer} />;
  if ('segment' in answer) return <SegmentAnswer answer={answer} />;
  if ('campaigns' in answer) return <CampaignsAnswer answer={answer} />;
  return null;
}
