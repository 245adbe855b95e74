import type { BridgePeriod, CohortsPanel, OpinionPanel, QuotientPanel, SurvivalCurve } from '../src/api/types';
import { bridgeExtent, bridgeSteps, imbalance } from '../src/charts/bridge/steps';
import { allScores, toneOf } from '../src/charts/opinion/groups';
import { optionFor, type ChartSpec } from '../src/charts/option';
import { durationExtent } from '../src/charts/scatter/option';
import { axisWords } from '../src/charts/shared';
import { atRisk, lastShown, projectedAt, survivingAt, ticks, watchedUntil } from '../src/charts/survival/curve';
import { summary } from '../src/charts/summary';
import { dark, light } from '../src/charts/tokens';
import { agesTitle, ageText } from '../src/format/ages';
import { probability, signed, value } from '../src/format/numbers';
import { rangeText } from '../src/format/dates';
import { movementRows } from '../src/panels/bridge';
import { agesOf, cellDetail, cellText as heatText, strongest } from '../src/panels/cohorts';
import { contrast, heat, mixed } from '../src/panels/heat';
import { halves } from '../src/panels/quotient';
import { partLeft, partsShown, revenueDetail, revenueHeat, revenueRows, revenueText } from '../src/panels/revenueCohorts';
import { cellText, columnDigits, page } from '../src/panels/rows';
import { allOf } from '../src/panels/context';
import { equal, finish, test } from './check';

const plain = (text: string | undefined): string | undefined => text?.replace(/[\u202F\u00A0]/g, ' ');
const may: BridgePeriod = { period: '2026-05-01', label: 'May 2026', complete: true, opening: 1000, new: 60, reactivation: 5, expansion: 20, contraction: -10, churn: -25, exchange: 0, closing: 1050, customers: null };

test('a bridge stands on its opening and hangs each movement from the one before', () => {
  equal(bridgeSteps(may, false).map((step) => [step.key, step.from, step.to]), [['opening', 0, 1000], ['new', 1000, 1060], ['reactivation', 1060, 1065], ['expansion', 1065, 1085], ['contraction', 1085, 1075], ['churn', 1075, 1050], ['closing', 0, 1050]]);
});
test('exchange has a bar only where some period has any', () => equal(bridgeSteps(may, true).map((step) => step.key).includes('exchange'), true));
test('small movements beside large levels cut the axis', () => { const cut = bridgeExtent(bridgeSteps(may, false)); equal([cut.isCut, cut.low > 0, cut.low < 1000], [true, true, true]); });
test('large movements leave the axis at zero', () => equal(bridgeExtent(bridgeSteps({ ...may, opening: 20, closing: 70 }, false)).low, 0));
test('an axis never goes above a level', () => equal(bridgeExtent(bridgeSteps({ ...may, opening: 0, closing: 50 }, false)).isCut, false));
test('an honest bridge misses nothing', () => equal([imbalance(may), imbalance({ ...may, closing: 1049 })], [0, 1]));
test('the rows of a movement are those of its period and name', () => equal(movementRows(may, 'churn', '2026-05-01..2026-05-31'), { over: '2026-05-01..2026-05-31', where: "movement = 'churn'", words: 'Churn' }));
test('the rows of a level are all before it', () => equal([movementRows(may, 'opening', '2026-05-01..2026-05-31').over, movementRows(may, 'closing', '2026-05-01..2026-05-31').over], ['1970-01-01..2026-04-30', '1970-01-01..2026-05-31']));

const cohorts: CohortsPanel = {
  kind: 'cohorts', title: 'Retention', receipt: null, notes: [], ages: 'month', unit: 'share',
  cohorts: [{ period: '2026-04-01', label: 'Apr 2026', size: 200, cells: [{ age: 0, count: 200, value: 1, low: null, high: null, complete: true }, { age: 2, count: 60, value: 0.3, low: 0.24, high: 0.367, complete: false }] }],
  pooled: [{ age: 1, value: 0.5, low: null, high: null, count: 100, of: 200 }],
};
test('the ages of a triangle are those that any row has', () => equal(agesOf(cohorts), [0, 1, 2]));
test('the first age does not set the scale of the colours', () => equal(strongest(cohorts), 0.5));
test('a cell says its number, how sure it is, and that it may grow', () => equal(plain(cellDetail('Apr 2026', cohorts.cohorts[0]!.cells[1]!, 200, 'month', { unit: 'share' })), 'Apr 2026, 2 months after the start: 30.0 %; 95 % interval 24.0 – 36.7 %; 60 of 200; not complete yet, may still grow'));
test('a narrow cell is a whole per cent', () => equal([heatText(0.384, { unit: 'share' }, true), heatText(0.384, { unit: 'share' }, false)], ['38', '38.4%']));
test('colours are mixed by share', () => equal([mixed('#000000', '#ffffff', 0), mixed('#000000', '#ffffff', 0.5), mixed('#000000', '#ffffff', 2)], ['#000000', '#808080', '#ffffff']));
test('every heat cell can be read in the same ink, in both themes', () => {
  for (const tokens of [light, dark]) {
    equal(heat(0, tokens).ink, heat(1, tokens).ink);
    for (let share = 0; share <= 1; share += 0.01) {
      const { ground, ink } = heat(share, tokens);
      if (contrast(ground, ink) < 4.5) throw new Error(`contrast ${contrast(ground, ink)} at ${share}`);
    }
  }
});

const left = { age: 2, count: 41, value: 1234.5, share: 0.823, of: 1500, until: '2026-03-31', complete: true };
const grown = { age: 1, count: 55, value: 1650, share: 1.1, of: 1500, until: '2026-02-28', complete: true };
const revenue: CohortsPanel = {
  kind: 'cohorts', title: 'Revenue', receipt: null, notes: [], ages: 'month', unit: 'money', currency: 'EUR', pooled: [],
  cohorts: [{ period: '2026-01-01', label: 'Jan 2026', range: '2026-01-01..2026-01-31', size: 60, cells: [grown, left] }],
};
const euros = { unit: 'money', currency: 'EUR' };
test('a cell of revenue is told as a share, as money or as customers', () => equal([revenueText(left, 'share', euros, false), revenueText(left, 'share', euros, true), plain(revenueText(left, 'money', euros, false)), revenueText(left, 'customers', euros, false)], ['82.3%', '82', '€1.2k', '41']));
test('a cell of revenue says all three', () => equal(plain(revenueDetail('Jan 2026', left, 60, 'month', euros)), 'Jan 2026, 2 months later: €1 234.50; 82.3 % of €1 500.00 at the start; 41 of 60 customers pay'));
test('the first cell is the end of the first period', () => equal(plain(revenueDetail('Jan 2026', { ...left, age: 0, value: 1500, share: 1 }, 60, 'month', euros)), 'Jan 2026, end of the first month: €1 500.00; 41 of 60 customers pay'));
test('colours go by revenue, and by customers where those are shown', () => equal([partLeft(left, 60, 'share'), partLeft(left, 60, 'money'), partLeft(left, 82, 'customers'), partLeft(left, 0, 'customers')], [0.823, 0.823, 0.5, null]));
test('the whole lies between the least and the most', () => equal([partsShown(revenue, 'share'), partsShown(revenue, 'customers')], [{ least: 0.823, most: 1.1 }, { least: 41 / 60, most: 1 }]));
test('the entries behind revenue are those of its customers up to its end', () => equal(revenueRows(revenue.cohorts[0]!, left), { over: '1970-01-01..2026-03-31', where: "started >= '2026-01-01' and started < '2026-02-01'" }));
test('conditions are joined, and one of alternatives keeps its own', () => equal([allOf(['a = 1', "b = 'x' or c"]), allOf([undefined, 'a = 1']), allOf([])], ["a = 1 and (b = 'x' or c)", 'a = 1', undefined]));
test('every cell of revenue can be read, in the same ink', () => {
  for (const tokens of [light, dark]) {
    const inks = new Set<string>();
    for (let part = 0.2; part <= 1.6; part += 0.01) {
      const { ground, ink } = revenueHeat(part, { least: 0.2, most: 1.6 }, tokens);
      inks.add(ink);
      if (contrast(ground, ink) < 4.5) throw new Error(`contrast ${contrast(ground, ink)} at ${part}`);
    }
    equal(inks.size, 1);
  }
});

// Freireich's remission times of the placebo arm (1963), first steps: 21 at risk, 2 relapses at week 1, 2 at week 2.
const curve: SurvivalCurve = { name: 'Placebo', customers: 21, events: 21, median: 8, points: [{ time: 1, value: 0.9048, low: 0.67, high: 0.9753, atRisk: 21 }, { time: 2, value: 0.8095, low: 0.5689, high: 0.9239, atRisk: 19 }] };
test('a step curve holds its value until the next step', () => equal([survivingAt(curve, 0.5)?.value, survivingAt(curve, 1.9)?.value, survivingAt(curve, 9)?.value], [undefined, 0.9048, 0.8095]));
test('at risk is who is watched at the next step', () => equal([atRisk(curve, 0), atRisk(curve, 1.5), atRisk(curve, 3)], [21, 19, 0]));
test('times are round in their own unit', () => equal([ticks(180, 7, 'day'), ticks(12, 7, 'month')], [[0, 30, 60, 90, 120, 150, 180], [0, 2, 4, 6, 8, 10, 12]]));
test('renewals are counted in ones, twos, fives and tens', () => equal([ticks(8, 10, 'renewal'), ticks(14, 10, 'renewal'), ticks(24, 5, 'renewal'), ticks(60, 10, 'renewal')], [[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 2, 4, 6, 8, 10, 12, 14], [0, 5, 10, 15, 20], [0, 10, 20, 30, 40, 50, 60]]));

// The regular customers of Fader and Hardie (2007): alpha 0.704, beta 1.182; 22.0 % are expected after eight renewals.
const renewals: SurvivalCurve = {
  name: 'all', customers: 1000, events: 759, median: 2, points: [{ time: 1, value: 0.631, low: 0.6, high: 0.66, atRisk: 1000 }, { time: 7, value: 0.241, low: 0.215, high: 0.268, atRisk: 262 }],
  model: {
    family: 'sbg', customers: 1000, logLikelihood: -1680.27, meanChurnProbability: 0.3733, median: 2, parameters: [{ name: 'alpha', value: 0.7041, error: 0.0656 }, { name: 'beta', value: 1.182, error: 0.1525 }],
    projected: [{ time: 0, value: 1, low: null, high: null }, { time: 7, value: 0.239, low: 0.21, high: 0.27 }, { time: 8, value: 0.22, low: 0.194, high: 0.247 }],
  },
};
const projected: ChartSpec = { kind: 'survival', title: 'Renewals', receipt: null, notes: [], ages: 'renewal', model: 'sbg', curves: [renewals], logRank: null };
test('a projection reaches beyond what was watched', () => equal([watchedUntil(renewals), lastShown([renewals]), projectedAt(renewals, 8)?.value, projectedAt(curve, 8)], [7, 8, 0.22, undefined]));
test('what is projected is dashed, and only beyond what was watched', () => {
  const series = (optionFor(projected, { tokens: light, width: 900, height: 300 }) as { series: { name: string; data: number[][]; lineStyle?: { type?: unknown } }[] }).series;
  equal(series.filter((each) => each.name === 'Projected').map((each) => [each.data, each.lineStyle?.type]), [[[[7, 0.239], [8, 0.22]], [6, 5]]]);
  equal(series.some((each) => each.name === 'Unwatched'), false);
});
test('a median stands beside its point where a projection leaves room, and in the middle at the very end', () => {
  const align = (last: number): unknown[] => {
    const far = { ...renewals, median: 7, model: { ...renewals.model!, projected: [{ time: 0, value: 1, low: null, high: null }, { time: last, value: 0.15, low: null, high: null }] } };
    const { series } = optionFor({ ...projected, curves: [far] } as ChartSpec, { tokens: light, width: 900, height: 300 }) as { series: { name: string; label?: { align?: string } }[] };
    return series.filter((each) => each.name === 'Median').map((each) => each.label?.align);
  };
  equal([align(14), align(7)], [['left'], ['center']]);
});
test('the sentence of a projection says that it is one', () => equal(plain(summary(projected)), 'Renewals: all, 1 000 at the start, median 2 renewals, 22 % projected to be left after 8 renewals.'));

const opinion: OpinionPanel = { kind: 'opinion', title: 'Score', receipt: null, notes: [], scale: 'nps', value: 0, low: null, high: null, n: 3, groups: [], scores: [{ score: 9, count: 2, group: 'promoters' }], verbatims: [], asked: null, responseRate: null };
test('a scale shows the scores that nobody gave, in their group', () => equal([allScores(opinion).length, allScores(opinion)[8]], [11, { score: 8, count: 0, group: 'passives' }]));
test('groups are told apart by what they say', () => equal(['promoters', 'passives', 'detractors', 'satisfied', 'dissatisfied', 'easy'].map(toneOf), ['good', 'quiet', 'bad', 'good', 'bad', 'good']));

const quotient: QuotientPanel = { kind: 'quotient', title: 'Halves', receipt: null, notes: [], numerator: { title: 'Won', unit: 'count' }, denominator: { title: 'Cost', unit: 'money' }, points: [{ period: '2026-05-01', label: 'May 2026', numerator: 3, denominator: 12, value: 0.25, complete: true }] };
test('the halves of a ratio are trends of their own', () => {
  const [top, bottom] = halves(quotient, { kind: 'kpi', id: 'a', measure: { unit: 'share', currency: 'EUR' }, better: 'up', grain: 'month', zone: 'UTC', dimensions: [], range: 'all' });
  equal([top.series[0]?.points[0]?.value, bottom.series[0]?.points[0]?.value, bottom.currency], [3, 12, 'EUR']);
});

const charts: ChartSpec[] = [
  { kind: 'bridge', title: 'Revenue', unit: 'money', currency: 'EUR', hasExchange: false, period: may },
  { kind: 'survival', title: 'Stay', receipt: null, notes: [], ages: 'week', curves: [curve], logRank: null }, opinion,
  { kind: 'distribution', title: 'Worth', unit: 'money', currency: 'EUR', customers: 3, bins: [{ from: 0, to: 10, customers: 3 }] },
  { kind: 'repeats', title: 'Check', check: [{ repeats: 0, actual: 2, expected: 1.9 }] },
  { kind: 'scatter', title: 'Lead time', receipt: null, notes: [], unit: 'duration', zone: 'UTC', points: [{ at: '2026-05-03', value: 90_000, label: 'A-1', part: null }], percentiles: [{ rank: 85, value: 80_000 }, { rank: 95, value: null }], total: 1, shown: 1 },
];
test('every kind is drawn from spec and environment alone, on a phone as well', () => {
  for (const spec of charts) {
    const draw = (tokens: typeof light, width: number): string => JSON.stringify(optionFor(spec, { tokens, width, height: 300 }));
    equal([draw(light, 900) === draw(light, 900), draw(light, 900) === draw(dark, 900), draw(light, 340).length > 100], [true, false, true]);
  }
});
test('every kind has a sentence', () => equal(charts.map((spec) => summary(spec).endsWith('.')), charts.map(() => true)));
test('the sentence of a bridge names every movement', () => equal(plain(summary(charts[0]!)), 'Revenue, May 2026: opening €1 000, new +€60.00, reactivation +€5.00, expansion +€20.00, contraction −€10.00, churn −€25.00, closing €1 050.'));

test('a duration axis is round in its own unit', () => equal(durationExtent([0, 21 * 86_400], 'duration').step % 86_400, 0));
test('two marks of an axis never read the same', () => { const words = axisWords({ low: 1_650_000, high: 1_800_000, step: 50_000 }, { unit: 'money', currency: 'EUR' }); equal([words(1_700_000), words(1_750_000)], ['€1.7M', '€1.75M']); });
test('whole numbers are never shortened', () => equal(plain(value(1_739_858, { unit: 'money', currency: 'EUR' }, 'whole')), '€1 739 858'));
test('a sign stands before the currency', () => equal([signed(30, { unit: 'money', currency: 'EUR' }), signed(-30, { unit: 'money', currency: 'EUR' }), signed(0, { unit: 'count' })], ['+€30.00', '−€30.00', '0']));
test('a p-value that is almost zero is not written as zero', () => equal([probability(1e-9), probability(0.0312), probability(0.4)].map(plain), ['p < 0.001', 'p = 0.031', 'p = 0.40']));
test('ages of every grain of a cohort have a name', () => equal([ageText(3, 'quarter'), ageText(1, 'year'), agesTitle('quarter'), agesTitle('year')].map(plain), ['3 quarters', '1 year', 'Quarter', 'Year']));
test('ages are counted', () => equal([ageText(1, 'month'), ageText(4.5, 'week'), ageText(30, 'day')].map(plain), ['1 month', '4.5 weeks', '30 days']));

test('cells of rows: nothing is said, instants are told in the zone, numbers keep their digits', () => equal([cellText(null, 'text', 'UTC'), cellText('2026-05-03T22:10:00Z', 'instant', 'Europe/Berlin'), cellText(1234.5678, 'decimal', 'UTC'), cellText(36.6, 'decimal', 'UTC', 2), cellText(true, 'boolean', 'UTC')].map(plain), ['none', '4 May 2026, 00:10', '1 234.5678', '36.60', 'yes']));
test('a column has as many decimals as its numbers need', () => equal(columnDigits([[1.25, 'a'], [3, 'b'], [null, 'c']], 0), 2));
test('pages of rows know what lies beside them', () => equal([page(0, 100, 1243), page(1200, 43, 1243), page(0, 0, 0)].map((each) => [each.from, each.to, each.before ?? null, each.after ?? null]), [[1, 100, null, 100], [1201, 1243, 1100, null], [0, 0, null, null]]));
test('a range is read as days', () => equal([rangeText('2026-05-01..2026-05-31'), rangeText('2026-05-03'), rangeText('1970-01-01..2026-05-31'), rangeText('last 12 months')], ['1 May 2026 – 31 May 2026', '3 May 2026', 'until 31 May 2026', 'last 12 months']));
finish('panels');
