import type { ActivityAnswer, AdoptionAnswer, CampaignsAnswer, FunnelAnswer, LifecycleAnswer, PathsAnswer, RetentionAnswer, SegmentAnswer } from '../../api/behaviour';
import { restName } from '../../charts/sankey/option';
import type { Answers } from './AnswerPart';
import { latest } from './latest';
import { document, named, type Value } from './yaml';

/** What makes a saved question a KPI: the metric that reduces it to a number, and who steers by it. */
export interface KPIWish { id: string; owner: string; team: string; review: string; by: string; target: string; from: string; today: string; now: number | null }

/** A number to which a question can be reduced: what it is called, the formula of its metric, and what it is now. */
export interface KPINumber { key: string; words: string; suffix: string; unit: 'share' | 'count' | 'ratio' | 'money'; better: 'up' | 'down'; formula: (definition: string) => { [key: string]: Value | undefined }; now: number | null }

/** The numbers of an answer that can be KPIs, the most usual first; none where the kind has none. */
export function numbersOf(answer: Answers | undefined): KPINumber[] {
  if (!answer) return [];
  if ('funnel' in answer) return ofFunnel(answer);
  if ('retention' in answer) return ofRetention(answer);
  if ('adoption' in answer) return ofAdoption(answer);
  if ('lifecycle' in answer) return ofLifecycle(answer);
  if ('paths' in answer) return ofPaths(answer);
  if ('campaigns' in answer) return ofCampaigns(answer);
  if ('segment' in answer) return ofSegment(answer);
  return 'activity' in answer ? ofActivity(answer) : [];
}

function ofFunnel(answer: FunnelAnswer): KPINumber[] {
  const steps = answer.steps.filter((step) => !step.optional), last = steps.length - 1;
  const whole: KPINumber = { key: 'all', words: 'Got through all steps', suffix: 'conversion', unit: 'share', better: 'up', formula: (funnel) => ({ funnel }), now: answer.conversion?.value ?? null };
  if (last < 2) return [whole];
  return [whole, ...steps.slice(1).map((step, index): KPINumber => ({
    key: `step ${step.step}`, words: `${steps[index]!.label} → ${step.label}`, suffix: `to_step_${step.step}`, unit: 'share', better: 'up',
    formula: (funnel) => ({ funnel, step: step.step, after: steps[index]!.step }), now: step.from_previous?.value ?? null,
  }))];
}

/** At the first age it is too soon to tell who stays. */
const usualAges: Record<string, string> = { day: '7', week: '4', month: '3' };

/** Every age or bracket of the definition, also those that nobody could have reached yet: what is steered by may be begun before it is known. */
function ofRetention(answer: RetentionAnswer): KPINumber[] {
  const all = (answer.averages ?? []).flatMap((each): KPINumber[] => (each.age === '0' ? [] : [{
    key: each.age, words: `Back in ${answer.age}${/^\d+$/.test(each.age) ? '' : 's'} ${each.age}`, suffix: `${answer.age}_${each.age.replace(/\D+/g, '_to_')}`, unit: 'share', better: 'up',
    formula: (retention) => ({ retention, age: /^\d+$/.test(each.age) ? Number(each.age) : each.age }), now: each.pooled,
  }]));
  const usual = all.findIndex((each) => each.key === usualAges[answer.age]);
  return usual > 0 ? [all[usual]!, ...all.filter((_, index) => index !== usual)] : all;
}

function ofAdoption(answer: AdoptionAnswer): KPINumber[] {
  const now = latest(answer.periods);
  return [
    { key: 'breadth', words: 'Share who use it', suffix: 'adoption', unit: 'share', better: 'up', formula: (adoption) => ({ adoption }), now: now?.breadth.value ?? null },
    { key: 'users', words: 'People who use it', suffix: 'users', unit: 'count', better: 'up', formula: (adoption) => ({ adoption, number: 'users' }), now: now?.users ?? null },
  ];
}

function ofLifecycle(answer: LifecycleAnswer): KPINumber[] {
  const now = latest(answer.periods);
  const number = (key: 'current' | 'new' | 'resurrected' | 'dormant' | 'pulse', words: string, suffix: string): KPINumber =>
    ({ key, words, suffix, unit: key === 'pulse' ? 'ratio' : 'count', better: key === 'dormant' ? 'down' : 'up', formula: (lifecycle) => ({ lifecycle, state: key }), now: now?.[key] ?? null });
  return [number('current', 'Stayed', 'who_stay'), number('new', 'New', 'new'), number('resurrected', 'Came back', 'who_return'), number('dormant', 'Went quiet', 'gone_quiet'), number('pulse', 'Pulse: who came for each who went', 'pulse')];
}

function ofActivity(answer: ActivityAnswer): KPINumber[] {
  const now = latest(answer.days);
  const number = (kind: 'mau' | 'wau' | 'dau', words: string): KPINumber => ({ key: kind, words, suffix: kind, unit: 'count', better: 'up', formula: (activity) => ({ activity, kind }), now: now?.[kind] ?? null });
  return [
    number('mau', 'Active in 28 days'), number('wau', 'Active in 7 days'), number('dau', 'Active on a day'),
    { key: 'stickiness', words: 'Stickiness, a day ÷ 28 days', suffix: 'stickiness', unit: 'share', better: 'up', formula: (activity) => ({ activity, kind: 'stickiness' }), now: now?.stickiness.value ?? null },
  ];
}

const waysMax = 8;

/** Which event follows the beginning, or comes right before the end; paths of people are no number, since a person may go several ways. */
function ofPaths(answer: PathsAnswer): KPINumber[] {
  if (answer.counting !== 'sessions' || answer.total === 0) return [];
  const isTowards = answer.anchor === 'ends', beside = answer.steps[isTowards ? answer.steps.length - 2 : 1];
  return [...(beside?.nodes ?? [])].filter((node) => node.event !== restName).sort((a, b) => b.count - a.count).slice(0, waysMax).map(({ event, count }): KPINumber => ({
    key: event, words: isTowards ? `Came from ${event}` : `Went on to ${event}`, suffix: `${isTowards ? 'from' : 'to'}_${named(event)}`, unit: 'share', better: 'up',
    formula: (paths) => (isTowards ? { paths, from: event } : { paths, to: event }), now: count / answer.total,
  }));
}

function ofCampaigns({ total }: CampaignsAnswer): KPINumber[] {
  const number = (key: string, words: string, unit: KPINumber['unit'], now: number | null | undefined, better: KPINumber['better'] = 'up'): KPINumber =>
    ({ key, words, suffix: key, unit, better, formula: (campaigns) => ({ campaigns, number: key }), now: now ?? null });
  return [
    number('conversion', 'Share of visits that convert', 'share', total.conversion.value), number('visits', 'Visits', 'count', total.visits), number('people', 'People', 'count', total.people), number('conversions', 'Conversions', 'count', total.conversions),
    ...(total.value === null ? [] : [number('value', 'Value', 'money', total.value)]), ...(total.click_through === null ? [] : [number('click_through', 'Click-through', 'share', total.click_through.value)]),
    ...(total.cost === null ? [] : [number('cost', 'Cost', 'money', total.cost, 'down'), number('cost_per_conversion', 'Cost of a conversion', 'money', total.cost_per_conversion, 'down')]),
  ];
}

const ofSegment = ({ members, share }: SegmentAnswer): KPINumber[] => [
  { key: 'members', words: 'People in the segment', suffix: 'members', unit: 'count', better: 'up', formula: (segment) => ({ segment }), now: members },
  { key: 'share', words: 'Share in the segment', suffix: 'share', unit: 'share', better: 'up', formula: (segment) => ({ segment, number: 'share' }), now: share.value },
];

/** The metric of a number of a question; `definition` is the name under which the question is saved. */
export const metricOf = (number: KPINumber, definition: string, is: string, owner: string): string =>
  document([['metric', `${definition}_${number.suffix}`], ['is', is], ['owner', owner], ['unit', number.unit], ['better', number.better], ['formula', number.formula(definition)]]);

/** The KPI of a metric; with a target where one was given. */
export function kpiOf(metric: string, wish: KPIWish): string {
  const name = /^metric: (\S+)/.exec(metric)?.[1] ?? '';
  const isShare = /^unit: share$/m.test(metric);
  const written = (text: string): string => (isShare && /^\d+(\.\d+)?$/.test(text) ? `${text}%` : text);
  const now = wish.from !== '' ? written(wish.from) : wish.now === null ? '' : isShare ? `${(wish.now * 100).toFixed(1)}%` : /^unit: ratio$/m.test(metric) ? wish.now.toFixed(2) : String(Math.round(wish.now));
  const hasTarget = wish.target !== '' && wish.by !== '' && now !== '';
  return document([
    ['kpi', wish.id], ['metric', name], ['owner', wish.owner], ['team', wish.team],
    ['target', hasTarget ? { from: { date: wish.today, value: plain(now) }, by: { date: wish.by, value: plain(written(wish.target)) } } : undefined],
    ['review', wish.review], ['status', hasTarget ? 'active' : 'proposed'],
  ]);
}

/** What is wrong with a target as it is typed: it is a number, which may have a unit behind it. */
export const mistakeOfTarget = (text: string): string | undefined =>
  (text.trim() === '' || /^-?\d+(\.\d+)?\s*(%|[a-z]+)?$/i.test(text.trim()) ? undefined : `“${text.trim()}” is no number; write 45, 1200, 45k or 2 days`);

/** A number without quotes. */
const plain = (text: string): Value => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

/** Several definitions in one file. */
export const together = (texts: readonly (string | undefined)[]): string => texts.filter((text): text is string => text !== undefined).join('---\n');
