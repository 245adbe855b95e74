import type { Option } from '@vendor/echarts';
import type { OpinionPanel } from '../../api/types';
import { integer, portion } from '../../format/numbers';
import type { Environment } from '../option';
import { extent } from '../scale';
import { axisName, axisRoom, base, categoryAxis, tooltipBase, valueAxis } from '../shared';
import { allScores, toneColor, toneOf } from './groups';

/** How many gave each score, coloured by the group that the score belongs to. */
export function opinionOption(spec: OpinionPanel, environment: Environment): Option {
  const { tokens, width, tip } = environment;
  const scores = allScores(spec);
  const total = scores.reduce((sum, each) => sum + each.count, 0);
  const vertical = extent([0, ...scores.map((each) => each.count)], 4, true);
  return {
    ...base(environment),
    grid: { left: axisRoom(vertical, integer), right: 8, top: 22, bottom: 44 },
    tooltip: {
      ...tooltipBase(environment), trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const each = scores[dataIndex];
        return each && tip ? tip(`Score ${each.score}`, [{ color: toneColor(toneOf(each.group), tokens), label: each.group || 'Answers', value: integer(each.count) }, { label: 'Of all answers', value: total > 0 ? portion(each.count / total) : '–', isMuted: true }]) : '';
      },
    },
    xAxis: { ...categoryAxis(scores.map((each) => String(each.score)), environment, { color: tokens.textSoft, ...(width < 420 ? { fontSize: 11 } : {}) }), ...axisName('Score', environment) },
    yAxis: valueAxis(vertical, integer, environment),
    series: [{
      type: 'bar', name: 'Answers', barCategoryGap: '22%', barMaxWidth: 56, cursor: 'default',
      data: scores.map((each) => ({ value: each.count, itemStyle: { color: toneColor(toneOf(each.group), tokens), borderRadius: [4, 4, 0, 0] } })),
      label: { show: true, position: 'top', distance: 5, color: tokens.textSoft, fontSize: width < 420 ? 10 : 11.5, fontWeight: 600, formatter: ({ value: count }: { value: number }) => (count > 0 ? integer(count) : '') },
    }],
  };
}
