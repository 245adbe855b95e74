import { decimal, integer, plural, share, value } from '../../format/numbers';
import { eventWords } from '../../charts/sankey/option';
import type { Answers } from './AnswerPart';
import { latest } from './latest';

/** The answer in one sentence, for who hears the page: it is said when a changed question has been answered. */
export function headlineOf(answer: Answers): string {
  if ('funnel' in answer) return answer.entries === 0 ? 'Nobody took the first step' : `${value(answer.conversion.value, share)} of ${integer(answer.entries)} get through ${integer(answer.steps.length)} steps`;
  if ('retention' in answer) {
    const first = (answer.averages ?? [])[1];
    return answer.cohorts.every((each) => each.size === 0) ? 'Nobody started' : `${plural(answer.cohorts.filter((each) => each.size > 0).length, 'cohort')}${first?.pooled == null ? '' : `, ${value(first.pooled, share)} back in ${answer.age} ${first.age}`}`;
  }
  if ('lifecycle' in answer) { const last = latest(answer.periods); return last ? `${last.label}: ${integer(last.active)} active${last.pulse === null ? '' : `, pulse ${decimal(last.pulse, 2)}`}` : 'Nobody was active'; }
  if ('activity' in answer) { const last = latest(answer.days); return last ? `${integer(last.dau)} active in a day, ${integer(last.mau)} in 28` : 'Nobody was active'; }
  if ('adoption' in answer) { const last = latest(answer.periods); return last ? `${last.label}: ${value(last.breadth.value, share)} of ${integer(last.eligible)} use it` : 'Nobody could have used it'; }
  if ('paths' in answer) return answer.top[0] ? `${integer(answer.total)} ${answer.counting}, most frequently ${answer.top[0].events.map(eventWords).join(', then ')}` : 'Nobody went this way';
  if ('segment' in answer) return `${integer(answer.members)} of ${integer(answer.of)} are in it`;
  return `${plural(answer.total.visits, 'visit')}, ${value(answer.total.conversion.value, share)} converted`;
}
