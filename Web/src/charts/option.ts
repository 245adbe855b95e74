import type { Option } from '@vendor/echarts';
import type { OpinionPanel, SurvivalPanel, TrendSpec } from '../api/types';
import { barsOption, type BarsChart } from './bars/option';
import { bridgeOption, type BridgeChart } from './bridge/option';
import { funnelOption, type FunnelChart } from './funnel/option';
import { distributionOption, type DistributionChart } from './lifetime/distribution';
import { repeatsOption, type RepeatsChart } from './lifetime/repeats';
import { linesOption, type LinesChart } from './lines/option';
import { opinionOption } from './opinion/option';
import { sankeyOption, type SankeyChart } from './sankey/option';
import { scatterOption, type ScatterChart } from './scatter/option';
import { survivalOption } from './survival/option';
import type { Tokens } from './tokens';
import { trendOption } from './trend/option';

/** What a chart shows, never how; the server sends it. */
export type ChartSpec = TrendSpec | BridgeChart | SurvivalPanel | OpinionPanel | DistributionChart | RepeatsChart | ScatterChart
  | FunnelChart | BarsChart | LinesChart | SankeyChart;

export interface TipRow { color?: string; isDashed?: boolean; label: string; value: string; isMuted?: boolean }
/** Builds the tooltip as a DOM node: no escaping to forget, no inline style for the CSP to refuse. */
export type TipFactory = (title: string, rows: TipRow[], note?: string) => unknown;

/** Where a chart is drawn; sizes in CSS pixels. */
export interface Environment { tokens: Tokens; width: number; height: number; isAnimated?: boolean; tip?: TipFactory }

/** Spec and environment → ECharts option. Pure, so that page, mail and PDF draw the same picture. */
export function optionFor(spec: ChartSpec, environment: Environment): Option {
  switch (spec.kind) {
    case 'trend': return trendOption(spec, environment);
    case 'bridge': return bridgeOption(spec, environment);
    case 'survival': return survivalOption(spec, environment);
    case 'opinion': return opinionOption(spec, environment);
    case 'distribution': return distributionOption(spec, environment);
    case 'repeats': return repeatsOption(spec, environment);
    case 'scatter': return scatterOption(spec, environment);
    case 'funnel': return funnelOption(spec, environment);
    case 'bars': return barsOption(spec, environment);
    case 'lines': return linesOption(spec, environment);
    case 'sankey': return sankeyOption(spec, environment);
  }
}
