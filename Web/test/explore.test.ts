import { calmly } from '../src/api/calmly';
import { barsOption, type BarsChart } from '../src/charts/bars/option';
import { linesKeys } from '../src/charts/lines/option';
import { optionFor } from '../src/charts/option';
import type { SankeyChart } from '../src/charts/sankey/option';
import { summary } from '../src/charts/summary';
import { light } from '../src/charts/tokens';
import { csv } from '../src/format/csv';
import { begun } from '../src/pages/explore/begin';
import { proposed } from '../src/pages/explore/builder/CostField';
import { expression } from '../src/pages/explore/conditions';
import { answerPath, asExplored, definitionOf, missing } from '../src/pages/explore/definition';
import { mistakeOf, nearest, otherKind, unseen } from '../src/pages/explore/mistakes';
import { Failure } from '../src/api/request';
import { merged, type Known } from '../src/pages/explore/inventory';
import { kpiOf, metricOf, mistakeOfTarget, numbersOf, together } from '../src/pages/explore/saving';
import { askedIn, overOf, readSteps, writtenSteps } from '../src/pages/explore/asked';
import { sentenceOf } from '../src/pages/explore/sentence';
import { document, flow, named, scalar } from '../src/pages/explore/yaml';
import { shortLabel } from '../src/pages/explore/answers/labels';
import { barsOf, blocksOf, tallestOf, timeAxis } from '../src/pages/explore/answers/times';
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
test('what the builder only had as text is written as the language has it', () => {
  const lines = (kind: Parameters<typeof asked>[0], values: Record<string, string>): string[] => definitionOf(asked(kind, values), 'app', types)?.split('\n').slice(3) ?? [];
  equal(lines('funnel', { steps: '["a","b","c"]', same: '["plan","device"]', tolerance: '2 seconds', reentry: 'never', exclude: '["x",{"e":["y"],"if":[["amount","more","10"]],"between":[1,2],"rule":"person"}]' }),
    ['steps:', '  - a', '  - b', '  - c', 'within: 7 days', 'exclude: [{ event: x }, { event: y, where: amount > 10, between: [1, 2], rule: person }]', 'same: [plan, device]', 'reentry: never', 'tolerance: 2 seconds', '']);
  equal(lines('retention', { criterion: 'brackets', brackets: '0, 1-3,4-7', sum: 'amount' }), ['over: 12 weeks', 'criterion: [0, 1-3, 4-7]', 'sum: amount', '']);
  equal(lines('campaigns', { converts: '["ordered"]', session: '1 hour', cost: '{"from":"ads","amount":"spend","campaign":"Campaign name"}' }), ['converts: ordered', 'session: 1 hour', `cost: { from: ads, amount: spend, campaign: ${scalar('"Campaign name"')} }`, '']);
  equal(lines('campaigns', { converts: '["ordered"]', cost: '{"from":"ads","amount":"spend"}' }), ['converts: ordered', '']);
});
test('a retention that reckons like another tool writes only what differs from that', () => {
  const lines = (values: Record<string, string>): string[] => definitionOf(asked('retention', values), 'app', types)?.split('\n').slice(3, -1) ?? [];
  equal(lines({ like: 'mixpanel' }), ['over: 12 weeks', 'like: mixpanel']);
  equal(lines({ like: 'mixpanel', average: 'pooled', mode: 'rolling_from_hour', criterion: 'streak' }), ['over: 12 weeks', 'criterion: streak', 'mode: rolling_from_hour', 'average: pooled', 'like: mixpanel']);
});
test('columns of a source of costs are proposed by their names', () => equal(proposed({ name: 'ads', columns: [['day', 'date'], ['campaign_id', 'text'], ['campaign_name', 'text'], ['spend', 'number'], ['clicks', 'integer']].map(([name, type]) => ({ name: name!, type: type! })) }), { from: 'ads', amount: 'spend', campaign: 'campaign_name', clicks: 'clicks' }));
test('a segment says what was done, how often and within how long', () => {
  const question = asked('segment', { did: '[{"e":["ordered"],"if":[["amount","more","10"]]}]', times: '3', within: '30 days', over: 'last 90 days', filter: '[["plan","is","pro"]]', range: '4w' });
  equal(definitionOf(question, 'app', types)?.split('\n').slice(2), ['from: app', 'did: { event: ordered, where: amount > 10 }', 'times: 3', 'within: 30 days', 'over: last 90 days', '']);
  equal(sentenceOf(question), 'Did ordered (amount is above 10) at least 3 times within 30 days, in the last 90 days, only where plan is pro');
  equal(answerPath('/segment', asked('segment', { name: 'vips', filter: '[["plan","is","pro"]]' }), undefined, types), '/segment?name=vips&where=plan+%3D+%27pro%27');
  equal(definitionOf(question, 'app', types, { name: 'n', is: 'N.' })?.includes("where: plan = 'pro'\n"), true);
  equal(definitionOf(asked('segment', { did: '["a"]', within: '7 days' }), 'app', types)?.includes('within'), false);
});
test('a segment is a filter like others', () => equal(expression([["o'b", 'in', ''], ['old', 'out', ''], ['plan', 'is', 'pro']], types), "in_segment('o''b') and not in_segment('old') and plan = 'pro'"));
test('what is saved keeps what was only asked', () => {
  const words = { name: 'mine', is: 'Mine.' };
  equal(definitionOf(asked('activity', { filter: '[["vips","in",""]]' }), 'app', types, words), `activity: mine\nis: Mine.\nfrom: app\nwhere: ${scalar("in_segment('vips')")}\n`);
  equal(definitionOf(asked('activity', { filter: '[["vips","in",""]]' }), 'app', types)?.includes('where'), false);
  const text = asked('funnel', { yaml: `funnel: x\nfrom: app\nwhere: "plan = 'pro' or beta"\nsteps: [a, b]\n`, filter: '[["amount","more","2"]]' });
  equal(definitionOf(text, 'app', types, words)?.split('\n')[3], `where: ${scalar("(plan = 'pro' or beta) and amount > 2")}`);
});
test('a question makes room for its answer as a sentence', () => equal([
  sentenceOf(asked('funnel', { steps: '["signed_up",{"e":["opened","read"]},"ordered"]', filter: '[["vips","out",""]]' })), sentenceOf(asked('retention', { returns: '["opened"]' })), sentenceOf(asked('paths', { anchor: 'ends', event: '["ordered"]' })), sentenceOf(asked('funnel', { name: 'f' })),
], ['signed_up → opened or read → ordered, within 7 days, only where not in the segment vips', 'Start with any event, return with opened, followed for 12 weeks', 'Towards ordered, 4 steps', 'The saved definition f']));
test('times to convert become areas as large as their shares', () => {
  const blocks = blocksOf({ p10: 60, p25: 600, median: 3600, p75: 3600, p90: 36_000 });
  equal(blocks.map((each) => Math.round(each.share * 100)), [15, 25, 25, 15]);
  const axis = timeAxis(blocks), bars = barsOf(blocks, axis, tallestOf(blocks, axis));
  equal([bars.every((bar) => bar.left >= 0 && bar.left + bar.width <= 1), Math.max(...bars.map((bar) => bar.height)), bars[2]!.width > 0], [true, 1, true]);
  equal([blocksOf({ median: 5 }), blocksOf(undefined)], [[], []]);
  equal(timeAxis(blocksOf({ p10: 0, median: 0, p90: 0 })).place(0), 0.5);
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

const known: Known = { source: 'app', sources: [], properties: [], type: types, events: ['rare', 'often', 'identified'].map((name, at) => ({ name, is: null, count: [5, 50, 90][at]!, first: null, last: null, status: 'planned', properties: [] })) };
test('a new funnel begins with what happens most', () => equal(begun(asked('funnel', {}), known).fields['steps'], '["often","rare"]'));
test('a question that is begun is left as it is', () => equal(begun(asked('funnel', { steps: '["x","y"]' }), known).fields['steps'], '["x","y"]'));
test('a property of several events is one', () => equal(merged([{ name: 'plan', type: 'text', count: 2, example: null, is: null, status: 'planned', declared: false }, { name: 'plan', type: 'text', count: 3, example: 'pro', is: 'What is paid for.', status: 'planned', declared: true }]), [{ name: 'plan', type: 'text', count: 5, example: 'pro', is: 'What is paid for.', status: 'planned', declared: true }]));
test('names that begin with the text come first, and a free text can be taken', () => equal(found([{ value: 're_ordered' }, { value: 'ordered' }, { value: 'opened', detail: 'before it is ordered' }], 'ord', true).map((each) => each.value), ['ordered', 're_ordered', 'opened', 'ord']));

const half = { value: 0.5, low: 0.4, high: 0.6 };
const funnel = { funnel: 'explored', title: 'Explored', range: null, entries: 10, converted: 4, conversion: { value: 0.416, low: 0.3, high: 0.5 }, biggest_drop: null,
  steps: ['seen', 'put', 'paid'].map((label, index) => ({ step: index + 1, label, optional: false, count: 10 - index, conversion: half, ...(index > 0 ? { from_previous: half } : {}) })) };
test('a funnel becomes a KPI through a metric', () => {
  const numbers = numbersOf(funnel);
  equal(numbers.map((each) => each.words), ['Got through all steps', 'seen → put', 'put → paid']);
  const metric = metricOf(numbers[0]!, 'checkout', 'To paying.', 'shop');
  equal(metric, 'metric: checkout_conversion\nis: To paying.\nowner: shop\nunit: share\nbetter: up\nformula: { funnel: checkout }\n');
  equal(metricOf(numbers[2]!, 'checkout', 'To paying.', 'shop').includes('formula: { funnel: checkout, step: 3, after: 2 }'), true);
  equal(kpiOf(metric, { id: 'checkout', owner: 'shop', team: '', review: 'weekly', by: '2026-12-31', target: '45', from: '', today: '2026-06-28', now: 0.416 }), 'kpi: checkout\nmetric: checkout_conversion\nowner: shop\ntarget: { from: { date: 2026-06-28, value: 41.6% }, by: { date: 2026-12-31, value: 45% } }\nreview: weekly\nstatus: active\n');
  equal(together(['a: 1\n', undefined, 'b: 2\n']), 'a: 1\n---\nb: 2\n');
});
test('a retention becomes a KPI at every age of its definition', () => {
  const averages = ['0', '1', '4', '5-6', '7'].map((age, index) => ({ age, pooled: index === 4 ? null : 0.4, simple: 0.4, mixpanel: 0.4 }));
  const numbers = numbersOf({ retention: 'explored', title: 'Explored', definition: '', range: '', age: 'week', mode: 'calendar', criterion: 'on', average: 'pooled', cohorts: [], averages });
  equal(numbers.map((each) => each.words), ['Back in week 4', 'Back in week 1', 'Back in weeks 5-6', 'Back in week 7']);
  equal(numbers.map((each) => each.now), [0.4, 0.4, 0.4, null]);
  equal(kpiOf(metricOf(numbers[3]!, 'a', 'A.', 'o'), { id: 'a', owner: 'o', team: '', review: 'weekly', by: '2026-12-31', target: '40', from: '', today: '2026-06-28', now: null }).includes('target'), false);
  equal(metricOf(numbers[2]!, 'returns', 'Who returns.', 'growth').split('\n').filter((line) => /^(metric|formula)/.test(line)), ['metric: returns_week_5_to_6', 'formula: { retention: returns, age: 5-6 }']);
  equal(metricOf(numbers[0]!, 'returns', 'Who returns.', 'growth'), 'metric: returns_week_4\nis: Who returns.\nowner: growth\nunit: share\nbetter: up\nformula: { retention: returns, age: 4 }\n');
});
test('lifecycle, activity and adoption become KPIs by the numbers that they tell', () => {
  const period = { label: 'a', start: '2026-06-01', end: '2026-06-08', complete: true, new: 3, current: 5, resurrected: 1, dormant: 2, active: 9, pulse: 2.25 };
  const life = numbersOf({ lifecycle: 'explored', title: 'Explored', entity: 'person', grain: 'week', periods: [period, { ...period, complete: false, pulse: 0 }] });
  equal(life.map((each) => [each.key, each.unit, each.better, each.now]), [['current', 'count', 'up', 5], ['new', 'count', 'up', 3], ['resurrected', 'count', 'up', 1], ['dormant', 'count', 'down', 2], ['pulse', 'ratio', 'up', 2.25]]);
  equal(flow(life[4]!.formula('mine')), '{ lifecycle: mine, state: pulse }');
  const active = numbersOf({ activity: 'explored', title: 'Explored', entity: 'person', days: [{ day: '2026-06-27', dau: 3, wau: 9, mau: 20, stickiness: half }], frequency: [] });
  equal(active.map((each) => [flow(each.formula('a')), each.now]), [['{ activity: a, kind: mau }', 20], ['{ activity: a, kind: wau }', 9], ['{ activity: a, kind: dau }', 3], ['{ activity: a, kind: stickiness }', 0.5]]);
  equal(kpiOf(metricOf(life[4]!, 'a', 'A.', 'o'), { id: 'a', owner: 'o', team: '', review: 'weekly', by: '2026-12-31', target: '1.5', from: '', today: '2026-06-28', now: 1.0333 }).includes('value: 1.03 }'), true);
});
test('paths, campaigns and segments become KPIs as well', () => {
  const row = { source: null, medium: null, campaign: null, visits: 50, people: 40, click_through: null, conversions: 5, conversion: half, differs: null, value: null, cost: 12, cost_per_conversion: 2.4 };
  equal(numbersOf({ campaigns: 'explored', title: 'E', entity: 'person', total: row, rows: [] }).map((each) => [flow(each.formula('c')), each.unit, each.better]), [
    ['{ campaigns: c, number: conversion }', 'share', 'up'], ['{ campaigns: c, number: visits }', 'count', 'up'], ['{ campaigns: c, number: people }', 'count', 'up'], ['{ campaigns: c, number: conversions }', 'count', 'up'],
    ['{ campaigns: c, number: cost }', 'money', 'down'], ['{ campaigns: c, number: cost_per_conversion }', 'money', 'down']]);
  equal(numbersOf({ segment: 'explored', title: 'E', entity: 'person', members: 3, of: 6, share: half }).map((each) => [flow(each.formula('s')), each.now]), [['{ segment: s }', 3], ['{ segment: s, number: share }', 0.5]]);
  const nodes = (...all: [string, number][]): { event: string; count: number }[] => all.map(([event, count]) => ({ event, count }));
  const paths = { paths: 'explored', title: 'E', entity: 'person', counting: 'sessions', total: 10, steps: [{ position: 1, nodes: nodes(['a', 10]) }, { position: 2, nodes: nodes(['b', 2], ['/cart', 4], ['…', 3]) }, { position: 3, nodes: nodes(['z', 10]) }], links: [], ended: [], top: [] };
  equal(numbersOf(paths).map((each) => [each.suffix, flow(each.formula('p')), each.now]), [['to_cart', '{ paths: p, to: /cart }', 0.4], ['to_b', '{ paths: p, to: b }', 0.2]]);
  equal(numbersOf({ ...paths, anchor: 'ends' }).map((each) => flow(each.formula('p'))), ['{ paths: p, from: /cart }', '{ paths: p, from: b }']);
  equal(numbersOf({ ...paths, counting: 'people' }), []);
});
test('a funnel is split by the value of a step, and begins with its first in any order', () => {
  const lines = (values: Record<string, string>): string[] => definitionOf(asked('funnel', { steps: '["a","b"]', ...values }), 'app', types)?.split('\n').slice(6, -1) ?? [];
  equal([lines({ parts: '2' }), lines({ parts: 'last' }), lines({ parts: 'last', order: 'anchored' })], [['within: 7 days', 'parts: 2'], ['within: 7 days', 'parts: last'], ['within: 7 days', 'order: anchored']]);
});
test('a question without an answer has no number', () => equal(numbersOf(undefined), []));

test('a KPI without a target is proposed', () => equal(kpiOf('metric: m\nunit: count\n', { id: 'm', owner: 'o', team: '', review: 'weekly', by: '', target: '', from: '', today: '2026-06-28', now: 12 }).includes('status: proposed'), true));

test('CSV quotes what it must, and runs nothing', () => equal(csv(['a', 'b'], [['x,"y"', 1.5], ['=1+1', null]]), 'a,b\r\n"x,""y""",1.5\r\n\'=1+1,\r\n'));
test('labels of periods are short on an axis', () => equal(['week of 8 June 2026', 'May 2026', '28 Jun 2026'].map(shortLabel), ['8 Jun', 'May 2026', '28 Jun']));

const environment = { tokens: light, width: 800, height: 300 };
test('a funnel says its steps in a sentence', () => {
  equal(summary({ kind: 'funnel', title: 'Checkout', unit: 'People', drop: 1, bars: [{ label: 'seen', count: 100, share: { value: 1, low: 1, high: 1 }, fromPrevious: null, dropped: null, before: null, median: null }, { label: 'paid', count: 25, share: { value: 0.25, low: 0.2, high: 0.3 }, fromPrevious: { value: 0.25, low: 0.2, high: 0.3 }, dropped: 75, before: null, median: null }] }).replace(/\u202F/g, ' '), 'Checkout: seen 100 (100 %), paid 25 (25 %).');
});
test('lines that a narrow picture cannot name are named below it', () => {
  const spec = { kind: 'lines' as const, title: 'a', unit: 'count', names: ['x', 'y'], series: [{ name: 'Quiet', values: [1, 2], isQuiet: true }, { name: 'One', values: [3, null] }, { name: 'Before', values: [2, 2], isDashed: true }] };
  equal(linesKeys(spec, light, 300).map((key) => [key.name, key.value, key.color, key.isDashed]), [['One', '3', light.parts[0], false], ['Before', '2', light.comparison, true]]);
  equal([linesKeys(spec, light, 800), linesKeys({ ...spec, series: spec.series.slice(0, 2) }, light, 300)], [[], []]);
});
test('a wrong field is named by its label', () => {
  const failed = new Failure(422, { code: 'definition/bad-value', message: "'criterion' of the retention asked for is on or a list; 'x' is none.", hint: 'write it', place: { file: 'question', line: 5 } });
  const mistake = mistakeOf(failed, asked('retention', { criterion: 'brackets', brackets: 'abc' }));
  equal([mistake.field, mistake.isOwn, mistake.failure.message, mistake.failure.place], ['brackets', true, '“Brackets” is a list of ages and spans of ages in order; “abc” is none.', null]);
  equal(mistakeOf(failed, asked('retention', {})).failure.message, failed.message);
  equal([500, 0, 429, 404].map((status) => mistakeOf(new Failure(status, { code: 'a/b', message: 'm', hint: null }), asked('funnel', {})).isOwn), [false, false, false, true]);
});
test('a failure in an expression is told at its field', () => {
  const failed = (message: string, line?: number): Failure => new Failure(400, { code: 'expression/unknown-name', message, hint: null, place: line ? { file: 'question', line } : null });
  const told = (each: Failure, yaml: string, fields: Record<string, string>): unknown => { const { field, failure } = mistakeOf(each, asked('retention', fields), yaml); return [field, failure.message, failure.place]; };
  equal(told(failed('The expression ends where a value is missing.', 4), 'retention: x\nfrom: app\nover: 12 weeks\nsum: amount +\n', { sum: 'amount +' }), ['sum', '“Returns are worth”: The expression ends where a value is missing.', null]);
  equal(told(failed("The source 'app' has no column or dimension named 'price'."), 'retention: x\n', { sum: 'price * 2' }), ['sum', "“Returns are worth”: The source 'app' has no column or dimension named 'price'.", null]);
  equal(told(failed("The source 'app' has no column or dimension named 'colour'."), 'retention: x\n', {}), [null, "The source 'app' has no column or dimension named 'colour'.", null]);
  equal(told(failed("A number is compared with a text in 'amount > 'many''.", 3), 'retention: x\nfrom: app\nwhere: amount > \'many\'\n', {}), [null, '“amount” is a number; “many” is none.', null]);
});
test('a target is a number, which may have a unit', () => equal(
  ['', '45', '45%', '1200', '45k', '2 days', '-3.5', 'much', '€45', '4,5'].map((each) => mistakeOfTarget(each) === undefined), [true, true, true, true, true, true, true, false, false, false]));
test('an event is told from those that came', () => {
  const known = { events: [{ name: 'signed_up', count: 3 }, { name: 'ordered', count: 0 }] } as unknown as Known;
  equal(unseen(asked('funnel', { steps: '["signed_up","signedUp","ordered"]' }), known), [{ event: 'signedUp', like: 'signed_up' }, { event: 'ordered', like: undefined }]);
  equal(unseen(asked('funnel', { steps: '["x","y"]' }), { events: [] } as unknown as Known), []);
  equal([nearest('Ordered', ['ordered', 'paid']), nearest('zzz', ['ordered'])], ['ordered', undefined]);
});
test('a text says of which kind it is', () => equal([otherKind('# a\n\nretention: x\n', 'funnel'), otherKind('funnel: x', 'funnel'), otherKind('nonsense', 'funnel'), otherKind('metric: m', 'funnel'), otherKind(undefined, 'funnel')], ['retention', undefined, undefined, undefined, undefined]));
test('an interval that is far wider than the bars does not flatten them, and nothing at all stands on its line', () => {
  const option = (values: number[], high: number[]): { yAxis: { min: number; max: number } } => barsOption({ kind: 'bars', title: 'a', unit: 'share', names: ['a', 'b'], series: [{ name: 's', tone: 'accent', values, low: [0, 0], high }] }, environment) as { yAxis: { min: number; max: number } };
  equal(option([0.1, 0], [0.15, 0.9]).yAxis.max < 0.4, true);
  equal(option([0.5, 0.4], [0.6, 0.5]).yAxis.max >= 0.6, true);
  equal((barsOption({ kind: 'bars', title: 'a', unit: 'count', names: ['a'], series: [{ name: 's', tone: 'accent', values: [0] }] }, environment) as { yAxis: { min: number } }).yAxis.min, 0);
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
