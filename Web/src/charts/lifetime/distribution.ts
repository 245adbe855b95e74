import type { Option } from '@vendor/echarts';
import type { LifetimePanel } from '../../api/types';
import { integer, portion, value, type Measure } from '../../format/numbers';
import type { Environment } from '../option';
import { extent } from '../scale';
import { axisName, axisRoom, base, tooltipBase, valueAxis } from '../shared';

/** How many customers are worth how much; bins lie where their bounds are. */
export interface DistributionChart extends Measure { kind: 'distribution'; title: string; customers: number; bins: LifetimePanel['distribution'] }

interface Api { coord(point: [number, number]): [number, number] }

export function distributionOption(spec: DistributionChart, environment: Environment): Option {
  const { tokens, width, tip } = environment;
  const vertical = extent([0, ...spec.bins.map((bin) => bin.customers)], 4, true);
  const from = Math.min(...spec.bins.map((bin) => bin.from)), to = Math.max(...spec.bins.map((bin) => bin.to));
  const across = extent([from, to], width < 420 ? 3 : 6, false);
  const range = (bin: LifetimePanel['distribution'][number]): string => `${value(bin.from, spec)} – ${value(bin.to, spec)}`;
  return {
    ...base(environment),
    grid: { left: axisRoom(vertical, integer), right: 18, top: 14, bottom: 46 },
    tooltip: {
      ...tooltipBase(environment), trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const bin = spec.bins[dataIndex];
        return bin && tip ? tip(range(bin), [{ color: tokens.accent, label: 'Customers', value: integer(bin.customers) }, { label: 'Of all', value: spec.customers > 0 ? portion(bin.customers / spec.customers) : '–', isMuted: true }]) : '';
      },
    },
    xAxis: {
      type: 'value', min: from, max: to, interval: across.step, axisLine: { lineStyle: { color: tokens.axis } }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: { color: tokens.textFaint, fontSize: 11.5, margin: 10, hideOverlap: true, showMaxLabel: false, formatter: (at: number) => value(at, spec, 'axis') }, ...axisName(`${spec.title}, a customer`, environment),
    },
    yAxis: valueAxis(vertical, integer, environment),
    series: [{
      type: 'custom', name: 'Customers', data: spec.bins.map((bin) => [bin.from, bin.customers]), clip: true,
      renderItem: ({ dataIndex }: { dataIndex: number }, api: Api) => {
        const bin = spec.bins[dataIndex];
        if (!bin) return undefined;
        const [left, top] = api.coord([bin.from, bin.customers]), [right, bottom] = api.coord([bin.to, 0]);
        return { type: 'rect', shape: { x: left + 1, y: top, width: Math.max(1, right - left - 2), height: bottom - top, r: [3, 3, 0, 0] }, style: { fill: tokens.accent, opacity: 0.88 } };
      },
    }],
  };
}
