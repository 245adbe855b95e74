import { readEvents, readSteps, type Asked, type Events } from './asked';
import { isWhole, memberships, operators, type Condition } from './conditions';

const any = 'any event';
const words = ({ e, if: conditions }: Events, none = any): string => `${e.length === 0 ? none : e.join(' or ')}${filtered(conditions ?? [])}`;
const filtered = (conditions: readonly Condition[]): string => { const some = conditions.filter(isWhole).map(condition); return some.length === 0 ? '' : ` (${some.join(', ')})`; };
const condition = ([property, operator, value]: Condition): string => {
  const member = memberships.find(([each]) => each === operator);
  return member ? `${member[1]} ${property}` : [property, operators.find(([each]) => each === operator)?.[1] ?? operator, value].filter((each) => each !== '').join(' ');
};

/** A question in one sentence, for where it has to make room for its answer. */
export function sentenceOf(asked: Asked): string {
  const about = asked.name !== undefined ? `The saved definition ${asked.name}` : asked.yaml !== undefined ? 'A definition written as text' : mainOf(asked);
  const where = asked.filters.filter(isWhole).map(condition);
  return where.length === 0 ? about : `${about}, only where ${where.join(' and ')}`;
}

function mainOf({ kind, fields }: Asked): string {
  const of = (key: string, none?: string): string => words(readEvents(fields[key]), none);
  switch (kind) {
    case 'funnel': return `${(readSteps(fields['steps']) ?? []).filter((step) => step.e.length > 0).map((step) => words(step)).join(' → ')}${fields['like'] && fields['within'] === undefined ? '' : `, within ${fields['within'] ?? '7 days'}`}`;
    case 'retention': return `Start with ${of('starts')}, return with ${of('returns')}, followed for ${fields['over'] ?? '12 weeks'}`;
    case 'paths': {
      const anchor = fields['anchor'] ?? 'first';
      return `${anchor === 'first' ? 'From each start' : `${anchor === 'ends' ? 'Towards' : 'From'} ${of('event')}`}, ${fields['length'] ?? '4'} steps`;
    }
    case 'lifecycle': case 'activity': return `Active with ${of('events')}`;
    case 'adoption': return `Used ${of('feature')}, of ${readEvents(fields['eligible']).e.length === 0 ? 'whoever did anything' : `those with ${of('eligible')}`}`;
    case 'segment': return `Did ${of('did')}${(fields['times'] ?? '1') === '1' ? '' : ` at least ${fields['times']} times${fields['within'] ? ` within ${fields['within']}` : ''}`}${fields['over'] ? `, in the ${fields['over']}` : ''}`;
    case 'campaigns': return `Visits that lead to ${of('converts')}`;
    default: return '';
  }
}
