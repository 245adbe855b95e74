import type { SegmentAnswer as Answer } from '../../../api/behaviour';
import { Bar } from '../../../charts/Bar';
import { integer, interval, share, value } from '../../../format/numbers';
import { CopyButton } from '../../../parts/CopyButton';
import { Figure, PanelCard, RowsButton } from '../../../panels/PanelCard';
import { Notes } from './Answered';
import { Nothing } from './Nothing';
import { showPeople } from './people';


/** How many are in a segment, of all who did anything, and how other questions ask for it. */
export function SegmentAnswer({ answer }: { answer: Answer }): JSX.Element {
  const all = answer.entity === 'person' ? 'people' : `${answer.entity}s`;
  const isSaved = answer.segment !== 'explored';
  if (answer.of === 0) return <Nothing kind="segment" title="Segment">Nobody did anything yet that this could choose from.</Nothing>;
  if (answer.members === 0) return <Nothing kind="segment" title={isSaved ? answer.title : 'Segment'} isTimeless>Nobody of {integer(answer.of)} {all} is in it. Ask for fewer times, or a longer time.</Nothing>;
  const bounds = interval(answer.share.low, answer.share.high, share);
  // What is noted of the filter is said above, where the segment has a name that filters know.
  const filter = `in_segment('${answer.segment}')`;
  return (
    <PanelCard kind="segment" title={isSaved ? answer.title : 'Segment'} about={answer.is && isSaved ? answer.is : 'Who is in it now, of all who did anything'} notes={[]}>
      <dl className="figures">
        <Figure label="In the segment" note={`of ${integer(answer.of)} ${all}`}><RowsButton label={`${integer(answer.members)} ${all} in the segment: show them`} onClick={() => showPeople({}, 'In the segment')}>{integer(answer.members)}</RowsButton></Figure>
        <Figure label="Share" note={bounds && `95 % interval ${bounds}`}>{value(answer.share.value, share)}</Figure>
      </dl>
      <div className="segment-bar"><Bar value={answer.share.value} low={answer.share.low} high={answer.share.high} most={1} /></div>
      <p className="segment-use">{isSaved ? <>Other questions, metrics and KPIs ask for it by <code>{filter}</code><CopyButton text={filter} of="filter" /></> : 'Save it as a definition, and every other question can be narrowed to its people, or to all others.'}</p>
      <Notes notes={answer.notes} />
    </PanelCard>
  );
}
