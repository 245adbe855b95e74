import { calmly } from '../src/api/calmly';
import { barsOption, type BarsChart } from '../src/charts/bars/option';
import { optionFor } from '../src/charts/option';
import type { SankeyChart } from '../src/charts/sankey/option';
import { summary } from '../src/charts/summary';
import { light } from '../src/charts/tokens';
import { csv } from '../src/format/csv';
import { begun } from '../src/pages/explore/begin';
import { expression } from '../src/pages/explore/conditions';
import { answerPath, asExplored, definitionOf, missing } from '../src/pages/explore/definition';
import { merged, type Known } from '../src/pages/explore/inventory';
import { kpiOf, metricOf, together } from '../src/pages/explore/saving';
import { askedIn, overOf, readSteps, writtenSteps } from '../src/pages/explore/asked';
import { document, flow, named, scalar } from '../src/pages/explore/yaml';
import { shortLabel } from '../src/pages/explore/answers/labels';
import { found } from '../src/parts/Picker';
import { equal, finish, test } from './check';

const types = (name: string): string | undefined => ({ amount: 'number', beta: 'boolean', plan: 'text' } as Record<string, string>)[name];
const clock = { today: '2026-11-22', firstWeekday: 'monday' };
const asked = (kind: Parameters<typeof askedIn>[0], values: Record<string, string>): ReturnType<typeof askedIn> => askedIn(kind, new URLSearchParams(values), clock);

test('a text is quoted where YAML would read it otherwise', () => equal(['signed_up', 'true', 'a: b', '7 days', "x = 'y'", '12', '', 'ü'].map(scalar), ['signed_up', '"true"', '"a: b"', '7 days', "x = 'y'", '"12"', '""', '"ü"']));
test('a value in one line leaves out what is not set', () => equal(flow({ event: 'ordered', where: undefined, optional: true }), '{ event: ordered, optional: true }'));
test('steps stand below each other', () => equal(document([['funnel', 'f'], ['steps', ['a', 'b']], ['owner', '']]), 'funnel: f\nsteps:\n  - a\n  - b\n'));
test('a title becomes a name', () => equal([named('Sign-up to order'), named('90 days'), named('…')], ['sign_up_to_order', 'q_90_days', 'explored']));

test('a condition is written by the type of its property', () =>
  equal(expression([['plan', 'is', "it's"], ['amount', 'more', '10'], ['beta', 'is', 'true'], ['Plan name', 'known', ''], ['plan', 'has', 'p']], types), "plan = 'it''s' and amount > 10 and beta = true and \"Plan name\" is not null and contains(plan, 'p')"));
test('a condition that is not finished asks nothing', () => equal(expression([['plan', 'is', '']], types), undefined));

test('steps come back from the address as they were', () => {
  const steps = [{ e: ['signed_up'] }, { e: ['opened', 'read'], opt: true }, { e: ['ordered'], if: [['amount', 'more', '10'] as [string, 'more', string]] }];
  equal(readSteps(writtenSteps(steps)), steps);
  equal(writtenSteps([{ e: ['a'] }, { e: ['b'] }]), '["a","b"]');
});
test('an address that somebody broke asks nothing', () => equal([readSteps('{'), askedIn('funnel', new URLSearchParams('filter=nonsense'), clock).filters], [undefined, []]));

test('a range of weeks or months goes up to today, by the week of the workspace', () =>
  equal([overOf('4w', clock), overOf('4w', { ...clock, firstWeekday: 'sunday' }), overOf('12m', clock), overOf('all', clock), overOf('2026-01-01..2026-02-01', clock)], ['2026-10-19..2026-11-22', '2026-10-25..2026-11-22', '2025-11-01..2026-11-22', 'all', '2026-01-01..2026-02-01']));
test('a funnel is written with its rules, and only those that are not usual', () => {
  const question = asked('funnel', { steps: '["signed_up",{"e":["opened"],"if":[["amount","more","10"]],"opt":true},"ordered"]', within: '1 day', order: 'sequential', counting: 'sessions', exclude: '["refunded"]' });
  equal(definitionOf(question, 'app', types), `funnel: explored\nis: A question of the Explore page.\nfrom: app\nsteps:\n  - signed_up\n  - { event: opened, where: amount > 10, optional: true }\n  - ordered\nwithin: 1 day\ncounting: sessions\nsession: 30 minutes\nexclude: [{ event: refunded }]\n`.replace('is: A question of the Explore page.', `is: ${scalar(asExplored.is)}`));
});
test('a dialect brings its own window', () => equal(definitionOf(asked('funnel', { steps: '["a","b"]', like: 'amplitude' }), 'app', types)?.includes('within'), false));
test('a funnel of one step waits for the second', () => equal([missing(asked('funnel', { steps: '["a"]' })), definitionOf(asked('funnel', { steps: '["a"]' }), 'app', types)], ['Choose at least two steps.', undefined]));
test('a retention says how long it follows', () => equal(definitionOf(asked('retention', { returns: '["opened"]' }), 'app', types)?.split('\n').slice(2), ['from: app', 'returns: opened', 'over: 12 weeks', '']));
test('paths are from or to an event', () => equal(definitionOf(asked('paths', { anchor: 'ends', event: '["ordered"]', length: '5' }), 'app', types)?.split('\n').slice(2), ['from: app', 'ends: ordered', 'length: 5', '']));
test('a definition that is typed is asked as it is, and saved under its name', () => {
  const question = asked('funnel', { yaml: 'funnel: x\nis: old\nfrom: app\nsteps: [a, b]\n' });
  equal(definitionOf(question, 'app', types), 'funnel: x\nis: old\nfrom: app\nsteps: [a, b]\n');
  equal(definitionOf(question, 'app', types, { name: 'mine', is: 'New words', owner: 'growth' }), 'funnel: mine\nis: New words\nowner: growth\nfrom: app\nsteps: [a, b]\n');
});
test('the address of an answer repeats its filters', () => equal(answerPath('/funnel', asked('funnel', { name: 'f', filter: '[["plan","is","pro"],["amount","least","2"]]', split: 'plan' }), undefined, types), '/funnel?name=f&over=2026-08-24..2026-11-22&grain=week&by=plan&where=plan+%3D+%27pro%27&where=amount+%3E%3D+2'));

const known: Known = { source: 'app', properties: [], type: types, events: ['rare', 'often', 'identified'].map((name, at) => ({ name, is: null, count: [5, 50, 90][at]!, first: null, last: null, status: 'planned', properties: [] })) };
test('a new funnel begins with what happens most', () => equal(begun(asked('funnel', {}), known).fields['steps'], '["often","rare"]'));
test('a question that is begun is left as it is', () => equal(begun(asked('funnel', { steps: '["x","y"]' }), known).fields['steps'], '["x","y"]'));
test('a property of several events is one', () => equal(merged([{ name: 'plan', type: 'text', count: 2, example: null, is: null, status: 'planned', declared: false }, { name: 'plan', type: 'text', count: 3, example: 'pro', is: 'What is paid for.', status: 'planned', declared: true }]), [{ name: 'plan', type: 'text', count: 5, example: 'pro', is: 'What is paid for.', status: 'planned', declared: true }]));
test('names that begin with the text come first, and a free text can be taken', () => equal(found([{ value: 're_ordered' }, { value: 'ordered' }, { value: 'opened', detail: 'before it is ordered' }], 'ord', true).map((each) => each.value), ['ordered', 're_ordered', 'opened', 'ord']));

test('a funnel becomes a KPI through a metric', () => {
  const metric = metricOf('funnel', 'checkout', 'To paying.', 'shop', 'app', []);
  equal(metric, 'metric: checkout_conversion\nis: To paying.\nowner: shop\nunit: share\nbetter: up\nformula: { funnel: checkout }\n');
  equal(kpiOf(metric!, { id: 'checkout', owner: 'shop', team: '', review: 'weekly', by: '2026-12-31', target: '45', from: '', today: '2026-06-28', now: 0.416 }), 'kpi: checkout\nmetric: checkout_conversion\nowner: shop\ntarget: { from: { date: 2026-06-28, value: 41.6% }, by: { date: 2026-12-31, value: 45% } }\nreview: weekly\nstatus: active\n');
  equal(together(['a: 1\n', undefined, 'b: 2\n']), 'a: 1\n---\nb: 2\n');
});
test('a KPI without a target is proposed', () => equal(kpiOf('metric: m\nunit: count\n', { id: 'm', owner: 'o', team: '', review: 'weekly', by: '', target: '', from: '', today: '2026-06-28', now: 12 }).includes('status: proposed'), true));

test('CSV quotes what it must, and runs nothing', () => equal(csv(['a', 'b'], [['x,"y"', 1.5], ['=1+1', null]]), 'a,b\r\n"x,""y""",1.5\r\n\'=1+1,\r\n'));
test('labels of periods are short on an axis', () => equal(['week of 8 June 2026', 'May 2026', '28 Jun 2026'].map(shortLabel), ['8 Jun', 'May 2026', '28 Jun']));

const environment = { tokens: light, width: 800, height: 300 };
test('a funnel says its steps in a sentence', () => {
  equal(summary({ kind: 'funnel', title: 'Checkout', unit: 'People', drop: 1, bars: [{ label: 'seen', count: 100, share: { value: 1, low: 1, high: 1 }, fromPrevious: null, dropped: null, before: null, median: null }, { label: 'paid', count: 25, share: { value: 0.25, low: 0.2, high: 0.3 }, fromPrevious: { value: 0.25, low: 0.2, high: 0.3 }, dropped: 75, before: null, median: null }] }).replace(/\u202F/g, ' '), 'Checkout: seen 100 (100 %), paid 25 (25 %).');
});
const bars: BarsChart = { kind: 'bars', title: 'Lifecycle', unit: 'count', names: ['a', 'b'], open: [false, true], series: [{ name: 'New', tone: 'gain', values: [3, 1] }, { name: 'Gone', tone: 'loss', values: [-2, -4] }] };
test('bars of a running period are hatched, others are not', () => {
  const data = (barsOption(bars, environment)['series'] as { data: { itemStyle: { decal?: unknown } }[] }[])[0]!.data;
  equal(data.map((each) => each.itemStyle.decal !== undefined), [false, true]);
});
test('bars below the line are told without their sign', () => equal(summary(bars), 'Lifecycle: 2 bars; a: New 3, Gone 2.'));
test('a way to an event that is not shown is left out of the streams', () => {
  const sankey: SankeyChart = { kind: 'sankey', title: 'Paths', total: 10, positions: [{ position: 1, nodes: [{ event: 'a', count: 10 }] }, { position: 2, nodes: [{ event: 'b', count: 6 }] }], links: [{ position: 1, from: 'a', to: 'b', count: 6 }, { position: 1, from: 'a', to: 'ghost', count: 1 }] };
  equal((optionFor(sankey, environment)['series'] as { links: unknown[] }[])[0]!.links.length, 1);
});

test('what is asked for again and again runs at once, and once more after the rest', () => {
  const waits: (() => void)[] = [], original = globalThis.setTimeout;
  globalThis.setTimeout = ((wait: () => void) => { waits.push(wait); return 1; }) as unknown as typeof setTimeout;
  let runs = 0;
  const calm = calmly(() => { runs += 1; }, 10);
  calm.run(); calm.run(); calm.run();
  const atOnce = runs;
  waits.shift()!();
  const after = runs;
  waits.shift()!();
  globalThis.setTimeout = original;
  equal([atOnce, after, runs, waits.length], [1, 2, 2, 0]);
});

finish('explore');
