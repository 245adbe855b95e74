import type { Option } from '@vendor/echarts';
import { integer, portion } from '../../format/numbers';
import type { Environment } from '../option';
import { base, tooltipBase } from '../shared';
import { font } from '../tokens';

/** Ways through events: nodes by their position, links from one position to the next. */
export interface SankeyChart {
  kind: 'sankey'; title: string; total: number; positions: { position: number; nodes: { event: string; count: number }[] }[];
  links: { position: number; from: string; to: string; count: number }[];
}
interface Item { dataType?: string; name?: string; data?: { source?: string; target?: string; value?: number; label?: string } }

const id = (position: number, event: string): string => `${position} ${event}`;
export const restName = '…';
export const eventWords = (event: string): string => (event === restName ? 'all others' : event);

export function sankeyOption(spec: SankeyChart, environment: Environment): Option {
  const { tokens, width, tip } = environment;
  const positions = spec.positions.map((each) => each.position);
  const room = width / Math.max(1, positions.length);
  const known = new Set(spec.positions.flatMap((each) => each.nodes.map((node) => id(each.position, node.event))));
  const links = spec.links.filter((link) => known.has(id(link.position, link.from)) && known.has(id(link.position + 1, link.to)));
  return {
    ...base(environment),
    tooltip: {
      ...tooltipBase(environment), trigger: 'item',
      formatter: ({ dataType, data }: Item) => (!tip || !data ? '' : dataType === 'edge'
        ? tip(`${words(data.source)} → ${words(data.target)}`, [{ color: tokens.accent, label: 'Went this way', value: integer(data.value) }, { label: 'Of all', value: portion((data.value ?? 0) / Math.max(1, spec.total)), isMuted: true }])
        : tip(data.label ?? '', [{ color: tokens.accent, label: 'Came by here', value: integer(data.value) }, { label: 'Of all', value: portion((data.value ?? 0) / Math.max(1, spec.total)), isMuted: true }])),
    },
    series: [{
      type: 'sankey', left: 2, right: Math.min(170, room * 0.8), top: 8, bottom: 8, nodeWidth: 12, nodeGap: 14, draggable: false, layoutIterations: 24, nodeAlign: 'left', emphasis: { focus: 'adjacency' },
      data: spec.positions.flatMap((each) => each.nodes.map((node) => ({
        name: id(each.position, node.event), value: node.count, depth: each.position - (positions[0] ?? 1), label: eventWords(node.event), itemStyle: { color: node.event === restName ? tokens.quiet : tokens.accent, borderWidth: 0 },
      }))).map(({ label, ...node }) => ({
        ...node, label: { show: true, formatter: () => `{name|${short(label, room - 7 * integer(node.value).length)}}{count|${integer(node.value)}}` },
      })),
      links: links.map((link) => ({ source: id(link.position, link.from), target: id(link.position + 1, link.to), value: link.count })),
      lineStyle: { color: tokens.accent, opacity: 0.16, curveness: 0.5 },
      label: { position: 'right', distance: 6, color: tokens.text, fontFamily: font, rich: { name: { fontSize: 12, fontWeight: 550, color: tokens.text, lineHeight: 15 }, count: { fontSize: 11, color: tokens.textFaint, lineHeight: 14, padding: [0, 0, 0, 5] } } },
    }],
  };
}

const words = (name: string | undefined): string => eventWords((name ?? '').replace(/^\d+ /, ''));
const short = (text: string, room: number): string => { const most = Math.max(6, Math.floor((room - 24) / 7)); return text.length > most ? `${text.slice(0, most - 1)}…` : text; };
