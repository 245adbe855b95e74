import type { Known } from './inventory';
import { writtenSteps, type Asked } from './asked';

/**
 * A question that says nothing yet begins with what the data has most of, so that the page opens with an answer.
 *
 * What is begun is not written into the address before it is changed.
 */
export function begun(asked: Asked, known: Known): Asked {
  if (asked.name !== undefined || asked.yaml !== undefined || known.events.length === 0) return asked;
  const often = [...known.events].filter((event) => event.count > 0 && !/^(identified|grouped|aliased)$/.test(event.name)).sort((a, b) => b.count - a.count).map((event) => event.name);
  const put = (key: string, events: string[]): Asked => (asked.fields[key] !== undefined || events.length === 0 ? asked : { ...asked, fields: { ...asked.fields, [key]: writtenSteps(key === 'steps' ? events.map((e) => ({ e: [e] })) : [{ e: events }]) } });
  switch (asked.kind) {
    case 'funnel': return often.length < 2 ? asked : put('steps', often.slice(0, 4));
    // What is rare is more likely a feature, or a goal, than what everybody does.
    case 'segment': return put('did', often.slice(1, 2));
    case 'adoption': return put('feature', often.slice(1).slice(-1));
    case 'campaigns': return put('converts', [often.find((event) => /order|purchas|paid|pay|subscri|checkout|sign/i.test(event)) ?? often[1] ?? often[0] ?? ''].filter(Boolean));
    case 'paths': return (asked.fields['anchor'] ?? 'first') === 'first' ? asked : put('event', often.slice(0, 1));
    default: return asked;
  }
}
