import type { Option } from '@vendor/echarts';
import type { LifetimePanel } from '../../api/types';
import { decimal, integer } from '../../format/numbers';
import type { Environment } from '../option';
import { extent } from '../scale';
import { axisName, axisRoom, base, categoryAxis, tooltipBase, valueAxis } from '../shared';

/** The check of a model: how many customers came back so often, and how many it would expect. */
export interface RepeatsChart { kind: 'repeats'; title: string; check: LifetimePanel['check'] }

export function repeatsOption(spec: RepeatsChart, environment: Environment): Option {
  const { tokens, tip } = environment;
  const vertical = extent([0, ...spec.check.flatMap((each) => [each.actual, each.expected])], 4, true);
  const bars = { type: 'bar', barGap: '12%', barCategoryGap: '30%', barMaxWidth: 26, cursor: 'default' };
  return {
    ...base(environment),
    grid: { left: axisRoom(vertical, integer), right: 8, top: 14, bottom: 46 },
    tooltip: {
      ...tooltipBase(environment), trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: tokens.future } },
      formatter: (raw: unknown) => {
        const each = spec.check[(raw as { dataIndex: number }[])[0]?.dataIndex ?? -1];
        return each && tip ? tip(each.repeats === 1 ? '1 repeat purchase' : `${each.repeats}${each.orMore ? ' or more' : ''} repeat purchases`, [{ color: tokens.accent, label: 'Actual customers', value: integer(each.actual) }, { color: tokens.note, label: 'The model expects', value: decimal(each.expected, 1) }]) : '';
      },
    },
    xAxis: { ...categoryAxis(spec.check.map((each) => (each.orMore ? `${each.repeats}+` : String(each.repeats))), environment), ...axisName('Repeat purchases', environment) },
    yAxis: valueAxis(vertical, integer, environment),
    series: [
      { ...bars, name: 'Actual', itemStyle: { color: tokens.accent, borderRadius: [3, 3, 0, 0] }, data: spec.check.map((each) => each.actual) },
      { ...bars, name: 'Expected', itemStyle: { color: tokens.surface, borderColor: tokens.note, borderWidth: 1.6, borderRadius: [3, 3, 0, 0] }, data: spec.check.map((each) => each.expected) },
    ],
  };
}
