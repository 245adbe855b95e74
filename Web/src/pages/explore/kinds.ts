import type { IconName } from '../../parts/Icon';
import { isKind, kindNames, kindTitles, type Kind } from './kindNames';

export { isKind, kindNames, type Kind };

/** One thing that the page lets a person set: its key in the definition, and how it is set. */
export type Field =
  | { is: 'steps'; key: string; label: string }
  | { is: 'events'; key: string; label: string; none?: string; isOne?: boolean; hasConditions?: boolean; hint?: string }
  | { is: 'choice'; key: string; label: string; standard: string; options: readonly (readonly [string, string])[]; /** More of them, from what else is chosen. */ more?: (fields: Record<string, string>) => readonly (readonly [string, string])[]; when?: (fields: Record<string, string>) => boolean }
  /** `what` says what is written there, where the server's words are about more than the field. */
  | { is: 'text'; key: string; label: string; standard: string; examples: readonly string[]; none?: string; what?: string; when?: (fields: Record<string, string>) => boolean }
  | { is: 'properties'; key: string; label: string; none: string }
  | { is: 'exclusions'; key: string; label: string }
  | { is: 'cost'; key: string; label: string };

export interface KindAbout {
  title: string; icon: IconName; about: string; main: readonly Field[]; rules: readonly Field[];
  /** What is rarely needed, behind a disclosure of its own. */
  options?: readonly Field[];
  /** Which parts of a question make sense: a range, periods, a breakdown, a comparison. */
  isTimeless?: boolean; grains: boolean; splits: boolean; compares: boolean;
}

const session: Field = { is: 'text', key: 'session', label: 'A session ends after', standard: '30 minutes', examples: ['15 minutes', '30 minutes', '1 hour'] };
const isBrackets = (fields: Record<string, string>): boolean => fields['criterion'] === 'brackets';
/** The steps after the first, by their numbers. */
function laterSteps({ steps }: Record<string, string>): readonly (readonly [string, string])[] {
  try { const all: unknown = JSON.parse(steps ?? '[]'); return Array.isArray(all) ? all.slice(1).map((_, index) => [String(index + 2), `Step ${index + 2}`] as const) : []; } catch { return []; }
}

const isSessions = (fields: Record<string, string>): boolean => fields['counting'] === 'sessions';

const about: Record<Kind, Omit<KindAbout, 'title'>> = {
  funnel: {
    icon: 'funnel', about: 'How many get from step to step, where they stop, and how long it takes', grains: true, splits: true, compares: true,
    main: [{ is: 'steps', key: 'steps', label: 'Steps' }],
    rules: [
      { is: 'text', key: 'within', label: 'Within', standard: '7 days', examples: ['1 hour', '1 day', '7 days', '14 days', '30 days', '90 days'] },
      { is: 'choice', key: 'order', label: 'Order', standard: 'sequential', options: [['sequential', 'In this order'], ['strict', 'Directly one after the other'], ['anchored', 'First one first, others in any order'], ['any', 'In any order']] },
      { is: 'choice', key: 'counting', label: 'Count', standard: 'people', options: [['people', 'People, once'], ['attempts', 'Every attempt'], ['sessions', 'Within sessions']] },
      { ...session, when: isSessions },
    ],
    options: [
      { is: 'exclusions', key: 'exclude', label: 'Leave out attempts with' },
      { is: 'properties', key: 'same', label: 'Held constant', none: 'Nothing held constant' },
      { is: 'choice', key: 'reentry', label: 'May begin again', standard: '', options: [['', 'As usual'], ['every_start', 'At every first step'], ['after_window', 'After the window'], ['after_conversion', 'After converting'], ['never', 'Never']] },
      { is: 'choice', key: 'parts', label: 'Split by value of', standard: '', options: [['', 'The first step'], ['first', 'The first that has one'], ['last', 'The last that has one']], more: laterSteps, when: ({ order }) => order !== 'any' && order !== 'anchored' },
      { is: 'choice', key: 'like', label: 'Reckon like', standard: '', options: [['', 'Yardstick'], ['mixpanel', 'Mixpanel'], ['amplitude', 'Amplitude'], ['posthog', 'PostHog']] },
      { is: 'choice', key: 'ties', label: 'Same moment', standard: 'together', options: [['together', 'Counts as in order'], ['apart', 'Is in no order']] },
      { is: 'text', key: 'tolerance', label: 'May lie earlier by', standard: '', examples: ['1 second', '2 seconds', '5 seconds', '1 minute'], none: 'not at all' },
    ],
  },
  retention: {
    icon: 'repeat', about: 'Who comes back, cohort by cohort, and how long after the start', grains: false, splits: true, compares: true,
    main: [
      { is: 'events', key: 'starts', label: 'Start', none: 'Any event', hasConditions: true, hint: 'What begins it' },
      { is: 'events', key: 'returns', label: 'Return', none: 'Any event', hasConditions: true, hint: 'What counts as coming back' },
    ],
    rules: [
      { is: 'text', key: 'over', label: 'Followed for', standard: '12 weeks', examples: ['14 days', '8 weeks', '12 weeks', '6 months', '12 months'] },
      { is: 'choice', key: 'cohorts', label: 'Cohorts by', standard: 'first', options: [['first', 'First start ever'], ['recurring', 'First start in each period']] },
      { is: 'choice', key: 'criterion', label: 'Came back', standard: 'on', options: [['on', 'At that age'], ['on_or_after', 'At that age or later'], ['on_or_before', 'At that age or earlier'], ['streak', 'At each age up to it'], ['brackets', 'In brackets of ages']] },
      { is: 'text', key: 'brackets', label: 'Brackets', standard: '0, 1-3, 4-7, 8-12', examples: ['0, 1-3, 4-7, 8-12', '0, 1-4, 5-8, 9-12'], what: 'a list of ages and spans of ages in order', when: isBrackets },
      { is: 'choice', key: 'mode', label: 'Ages change', standard: '', options: [['', 'As usual'], ['calendar', 'With the calendar'], ['rolling', 'Every 24 hours'], ['rolling_from_hour', 'Every 24 hours, from the hour']] },
    ],
    options: [
      { is: 'choice', key: 'average', label: 'Average', standard: '', options: [['', 'As usual'], ['pooled', 'Pooled'], ['simple', 'Mean of cohorts'], ['mixpanel', 'As Mixpanel']] },
      { is: 'choice', key: 'like', label: 'Reckon like', standard: '', options: [['', 'Yardstick'], ['mixpanel', 'Mixpanel'], ['amplitude', 'Amplitude']] },
      { is: 'text', key: 'sum', label: 'Returns are worth', standard: '', examples: ['amount', 'price * quantity'] },
    ],
  },
  paths: {
    icon: 'route', about: 'Which way people go, from an event or towards one', grains: false, splits: true, compares: true,
    main: [
      { is: 'choice', key: 'anchor', label: 'Follow', standard: 'first', options: [['first', 'From each start'], ['starts', 'From an event'], ['ends', 'Towards an event']] },
      { is: 'events', key: 'event', label: 'Event', isOne: true },
    ],
    rules: [
      { is: 'choice', key: 'length', label: 'Steps', standard: '4', options: ['2', '3', '4', '5', '6', '7', '8'].map((each) => [each, each] as const) },
      { is: 'choice', key: 'counting', label: 'Count', standard: 'sessions', options: [['sessions', 'Sessions'], ['people', 'People']] },
      { is: 'choice', key: 'repeats', label: 'Repeats', standard: 'joined', options: [['joined', 'Joined into one'], ['kept', 'Kept']] },
    ],
    options: [
      session,
      { is: 'text', key: 'of', label: 'Positions are', standard: '', examples: ['path', 'title'], none: 'events' },
      { is: 'events', key: 'events', label: 'Only these events', none: 'All events' },
      { is: 'events', key: 'hide', label: 'Without', none: 'Nothing hidden' },
    ],
  },
  lifecycle: {
    icon: 'activity', about: 'Who is new, stays, returns or goes quiet, period by period', grains: true, splits: true, compares: false,
    main: [{ is: 'events', key: 'events', label: 'Active means', none: 'Any event' }], rules: [],
  },
  activity: {
    icon: 'users', about: 'Active people a day, in 7 and in 28 days, and how often they come', grains: false, splits: true, compares: false,
    main: [{ is: 'events', key: 'events', label: 'Active means', none: 'Any event' }], rules: [],
  },
  adoption: {
    icon: 'sparkles', about: 'How many of those who could use a feature do, how much, and whether they stay', grains: true, splits: true, compares: false,
    main: [
      { is: 'events', key: 'feature', label: 'Feature', hasConditions: true, hint: 'What using it means' },
      { is: 'events', key: 'eligible', label: 'Could have', none: 'Whoever did anything', hasConditions: true },
    ],
    rules: [],
  },
  segment: {
    icon: 'layers', about: 'Who did something, how often and within how long; saved, it narrows every other question', isTimeless: true, grains: false, splits: false, compares: false,
    main: [
      { is: 'events', key: 'did', label: 'Did', hasConditions: true, hint: 'What somebody of the segment has done' },
      { is: 'text', key: 'times', label: 'How often, at least', standard: '1', examples: ['1', '2', '3', '5', '10'] },
      { is: 'text', key: 'within', label: 'All within', standard: '', examples: ['1 day', '7 days', '30 days', '90 days'], none: 'any time', when: (fields) => Number(fields['times'] ?? '1') > 1 },
      { is: 'text', key: 'over', label: 'Looking at', standard: '', examples: ['last 7 days', 'last 30 days', 'last 90 days', 'last 12 months'], none: 'all time' },
    ],
    rules: [],
  },
  people: { icon: 'user', about: 'One person: what they did, when, and by which ids they are known', grains: false, splits: false, compares: false, main: [], rules: [] },
  campaigns: {
    icon: 'flag', about: 'Which source, medium and campaign brought visits that convert, and what they cost', grains: false, splits: true, compares: true,
    main: [{ is: 'events', key: 'converts', label: 'Converts', isOne: true, hasConditions: true }],
    rules: [],
    options: [{ is: 'text', key: 'value', label: 'Worth', standard: '', examples: [] }, session, { is: 'cost', key: 'cost', label: 'Cost' }],
  },
  metrics: { icon: 'chart-line', about: 'Any metric over time, and by its dimensions', grains: true, splits: true, compares: true, main: [], rules: [] },
};

export const kinds = Object.fromEntries(kindNames.map((kind) => [kind, { title: kindTitles[kind], ...about[kind] }])) as Record<Kind, KindAbout>;
