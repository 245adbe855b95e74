import type { Option } from '@vendor/echarts';
import type { BridgePeriod } from '../../api/types';
import { sentence } from '../../format/dates';
import { signed, value } from '../../format/numbers';
import type { Environment } from '../option';
import { axisRoom, axisWords, base, categoryAxis, tooltipBase, valueAxis } from '../shared';
import { font } from '../tokens';
import { bridgeExtent, bridgeSteps, type BridgeStep } from './steps';

/** One period of a ledger as a waterfall. */
export interface BridgeChart { kind: 'bridge'; title: string; unit: string; currency: string | null; hasExchange: boolean; period: BridgePeriod }

interface Api { coord(point: [number, number]): [number, number]; size(point: [number, number]): [number, number] }
interface Item { dataIndex: number }

const narrow = 560;

export function bridgeOption(spec: BridgeChart, environment: Environment): Option {
  const { tokens, width } = environment;
  const steps = bridgeSteps(spec.period, spec.hasExchange);
  const vertical = bridgeExtent(steps);
  const isNarrow = width < narrow;
  const axisText = axisWords(vertical, spec);
  return {
    ...base(environment),
    grid: { left: axisRoom(vertical, axisText), right: 8, top: 26, bottom: 30 },
    xAxis: categoryAxis(steps.map((step) => (isNarrow ? step.short : step.name)), environment, { color: tokens.textSoft, fontSize: isNarrow ? 11 : 12 }),
    yAxis: valueAxis(vertical, axisText, environment),
    tooltip: { ...tooltipBase(environment), trigger: 'item', formatter: ({ dataIndex }: Item) => bridgeTip(spec, steps[dataIndex], environment) },
    series: [{
      type: 'custom', name: 'Bridge', data: steps.map((step, index) => ({ name: step.key, value: [index, step.to] })), clip: false, cursor: 'pointer',
      encode: { x: 0, y: 1 }, renderItem: ({ dataIndex }: Item, api: Api) => bar(steps, dataIndex, vertical, spec, api, environment),
    }],
  };
}

/** The words on a bar; on a phone movements stand without currency, in whole thousands. */
function barText(step: BridgeStep, spec: BridgeChart, isNarrow: boolean): string {
  if (step.role === 'level') return value(step.amount, spec, isNarrow ? 'short' : 'whole');
  if (step.amount === 0) return '0';
  if (!isNarrow) return signed(step.amount, spec, 'whole');
  const unit = Math.abs(step.amount) >= 1_000 ? 1_000 : 1;
  return signed(Math.round(step.amount / unit), { unit: 'count' }, 'whole') + (unit === 1 ? '' : 'k');
}

const colour = (step: BridgeStep, { tokens }: Environment): string =>
  (step.role === 'level' ? tokens.accent : step.role === 'gain' ? tokens.gain : tokens.loss);

function bar(steps: BridgeStep[], index: number, vertical: { low: number; isCut: boolean }, spec: BridgeChart, api: Api, environment: Environment): unknown {
  const step = steps[index], { tokens } = environment;
  if (!step) return undefined;
  const slot = api.size([1, 0])[0], isNarrow = environment.width < narrow;
  const wide = Math.min(76, slot * 0.66);
  const from = Math.max(step.from, vertical.low);
  const [centre, top] = api.coord([index, Math.max(from, step.to)]);
  const bottom = api.coord([index, Math.min(from, step.to)])[1];
  const next = api.coord([index, step.to])[1];
  const text = barText(step, spec, isNarrow);
  return {
    type: 'group',
    children: [
      { type: 'rect', shape: { x: centre - wide / 2, y: top, width: wide, height: Math.max(2, bottom - top), r: 4 }, style: { fill: colour(step, environment), opacity: step.amount === 0 ? 0.35 : 1 } },
      ...(step.role === 'level' && vertical.isCut ? breakMark(centre, bottom - 13, wide, tokens.surface) : []),
      ...(index < steps.length - 1 ? [{ type: 'line', silent: true, shape: { x1: centre + wide / 2 + 2, x2: centre + slot - wide / 2 - 2, y1: next, y2: next }, style: { stroke: tokens.comparison, lineWidth: 1, lineDash: [2, 3] } }] : []),
      {
        type: 'text', silent: true, x: centre, y: top - 7,
        style: { text, fill: step.role === 'gain' ? tokens.gainInk : step.role === 'loss' ? tokens.lossInk : tokens.text, font: `650 ${isNarrow ? 10.5 : 12.5}px ${font}`, align: 'center', verticalAlign: 'bottom', stroke: tokens.surface, lineWidth: 3 },
      },
    ],
  };
}

/** Two slanted strokes through a bar that does not begin at zero. */
function breakMark(centre: number, y: number, wide: number, ground: string): unknown[] {
  return [0, 6].map((down) => ({
    type: 'line', silent: true, shape: { x1: centre - wide / 2 - 2, y1: y + down + 3, x2: centre + wide / 2 + 2, y2: y + down - 3 }, style: { stroke: ground, lineWidth: 2.5 },
  }));
}

function bridgeTip(spec: BridgeChart, step: BridgeStep | undefined, environment: Environment): unknown {
  const { tip } = environment;
  if (!step || !tip) return '';
  const rows = [{ color: colour(step, environment), label: sentence(spec.period.label), value: step.role === 'level' ? value(step.amount, spec, 'full') : signed(step.amount, spec, 'full') }];
  const share = step.role !== 'level' && spec.period.opening > 0 ? [{ label: 'Of opening', value: signed(step.amount / spec.period.opening, { unit: 'share' }), isMuted: true }] : [];
  return tip(step.name, [...rows, ...share], 'Click for the rows behind it.');
}
