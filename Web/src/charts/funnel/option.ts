import type { Option } from '@vendor/echarts';
import type { Share } from '../../api/behaviour';
import { brokenName } from '../../format/names';
import { integer, interval, share, value } from '../../format/numbers';
import type { Environment, TipRow } from '../option';
import { base, categoryAxis, tooltipBase } from '../shared';
import { font } from '../tokens';

export interface FunnelBar { label: string; count: number; share: Share; fromPrevious: Share | null; dropped: number | null; before: number | null; median: string | null }
/** Steps one after the other; `drop` is the step before which most are lost, `unit` what is counted. */
export interface FunnelChart { kind: 'funnel'; title: string; unit: string; bars: FunnelBar[]; drop: number | null }

interface Api { coord(point: [number, number]): [number, number]; size(point: [number, number]): [number, number] }
interface Item { dataIndex: number }
const narrow = 560;

export function funnelOption(spec: FunnelChart, environment: Environment): Option {
  const { tokens, width } = environment;
  const isNarrow = width < narrow, count = spec.bars.length, room = (width - 8) / count - 8;
  const most = Math.max(1e-9, ...spec.bars.flatMap((bar) => [bar.share.value ?? 0, bar.share.high ?? 0, bar.before ?? 0]));
  return {
    ...base(environment),
    grid: { left: 4, right: 4, top: 44, bottom: isNarrow || count > 5 ? 46 : 30 },
    xAxis: categoryAxis(spec.bars.map((bar) => brokenName(bar.label, room / (isNarrow ? 6.2 : 7))), environment, { color: tokens.textSoft, fontSize: isNarrow ? 11 : 12.5, width: room, overflow: 'break', hideOverlap: false, lineHeight: 15 }),
    yAxis: { type: 'value', min: 0, max: most, show: false },
    tooltip: { ...tooltipBase(environment), trigger: 'item', formatter: ({ dataIndex }: Item) => funnelTip(spec, dataIndex, environment) },
    series: [{
      type: 'custom', name: 'Funnel', clip: false, cursor: 'pointer', encode: { x: 0, y: 1 }, data: spec.bars.map((bar, index) => ({ name: String(index + 1), value: [index, bar.share.value ?? 0] })),
      renderItem: ({ dataIndex }: Item, api: Api) => step(spec, dataIndex, api, environment),
    }],
  };
}

function step(spec: FunnelChart, index: number, api: Api, { tokens, width }: Environment): unknown {
  const bar = spec.bars[index];
  if (!bar) return undefined;
  const isNarrow = width < narrow, slot = api.size([1, 0])[0], wide = Math.min(84, slot * 0.5);
  const at = (part: number | null): number => api.coord([index, part ?? 0])[1];
  const centre = api.coord([index, 0])[0], ground = at(0), top = Math.min(at(bar.share.value), ground - 2);
  const label = Math.min(top, bar.share.high === null || index === 0 ? top : at(bar.share.high));
  const next = spec.bars[index + 1], isDrop = spec.drop === index + 1;
  const children: unknown[] = [];
  if (next) {
    const left = centre + wide / 2, right = centre + slot - wide / 2, nextTop = Math.min(at(next.share.value), ground - 2);
    children.push({ type: 'polygon', silent: true, shape: { points: [[left, top], [right, nextTop], [right, ground], [left, ground]] }, style: { fill: isDrop ? tokens.loss : tokens.accent, opacity: isDrop ? 0.15 : 0.12 } });
  }
  children.push({ type: 'rect', shape: { x: centre - wide / 2, y: top, width: wide, height: ground - top, r: [4, 4, 0, 0] }, style: { fill: tokens.accent } });
  if (bar.before !== null) children.push({ type: 'line', silent: true, shape: { x1: centre - wide / 2 - 5, x2: centre + wide / 2 + 5, y1: at(bar.before), y2: at(bar.before) }, style: { stroke: tokens.comparison, lineWidth: 2, lineDash: [4, 3] } });
  if (index > 0 && bar.share.low !== null && bar.share.high !== null) children.push(...whisker(centre, at(bar.share.low), at(bar.share.high), tokens.text));
  children.push(
    { type: 'text', silent: true, x: centre, y: label - 22, style: { text: shortCount(bar.count, isNarrow), fill: tokens.text, font: `680 ${isNarrow ? 12.5 : 15}px ${font}`, align: 'center', verticalAlign: 'bottom' } },
    { type: 'text', silent: true, x: centre, y: label - 6, style: { text: value(bar.share.value, share), fill: tokens.textFaint, font: `500 ${isNarrow ? 11 : 12}px ${font}`, align: 'center', verticalAlign: 'bottom' } });
  if (next?.fromPrevious) children.push(...pill(centre + slot / 2, ground - 20, value(next.fromPrevious.value, share), isDrop, slot - wide, isNarrow, tokens));
  return { type: 'group', children };
}

/** The interval of a share as a thin line with ends, across the top of its bar. */
export const whisker = (x: number, low: number, high: number, colour: string): unknown[] => [
  { type: 'line', silent: true, shape: { x1: x, x2: x, y1: low, y2: high }, style: { stroke: colour, lineWidth: 1.4, opacity: 0.75 } },
  ...[low, high].map((y) => ({ type: 'line', silent: true, shape: { x1: x - 4, x2: x + 4, y1: y, y2: y }, style: { stroke: colour, lineWidth: 1.4, opacity: 0.75 } })),
];

function pill(x: number, y: number, text: string, isDrop: boolean, room: number, isNarrow: boolean, tokens: Environment['tokens']): unknown[] {
  const words = isNarrow ? text.replace(/\.\d/, '') : text;
  const wide = Math.min(Math.max(34, words.length * 7 + 16), Math.max(34, room + 14)), high = 22;
  return [
    { type: 'rect', silent: true, z2: 5, shape: { x: x - wide / 2, y: y - high / 2, width: wide, height: high, r: 11 }, style: { fill: tokens.surface, stroke: isDrop ? tokens.loss : tokens.axis, lineWidth: isDrop ? 1.5 : 1 } },
    { type: 'text', silent: true, z2: 6, x, y, style: { text: words, fill: isDrop ? tokens.lossInk : tokens.textSoft, font: `620 ${isNarrow ? 10.5 : 12}px ${font}`, align: 'center', verticalAlign: 'middle' } },
  ];
}

const shortCount = (count: number, isNarrow: boolean): string => (isNarrow && count >= 10_000 ? value(count, { unit: 'count' }, 'axis') : integer(count));

function funnelTip(spec: FunnelChart, index: number, { tip, tokens }: Environment): unknown {
  const bar = spec.bars[index];
  if (!bar || !tip) return '';
  const rows: TipRow[] = [{ color: tokens.accent, label: `${spec.unit} who got here`, value: integer(bar.count) }, { label: 'Of all', value: value(bar.share.value, share) }];
  const bounds = interval(bar.share.low, bar.share.high, share);
  if (index > 0 && bounds) rows.push({ label: '95 % interval', value: bounds, isMuted: true });
  if (bar.fromPrevious) rows.push({ label: 'Of the step before', value: value(bar.fromPrevious.value, share) });
  if (bar.dropped !== null) rows.push({ label: 'Lost before it', value: integer(bar.dropped), isMuted: true });
  if (bar.median) rows.push({ label: 'Median time from the start', value: bar.median, isMuted: true });
  if (bar.before !== null) rows.push({ color: tokens.comparison, isDashed: true, label: 'Compared with', value: value(bar.before, share), isMuted: true });
  return tip(bar.label, rows, 'Click for the people behind it.');
}
