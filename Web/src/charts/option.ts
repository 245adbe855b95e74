import type { Option } from '@vendor/echarts';
import type { TrendSpec } from '../api/types';
import type { Tokens } from './tokens';
import { trendOption } from './trend/option';

/** What a chart shows, never how; the server sends it. */
export type ChartSpec = TrendSpec;

export interface TipRow { color?: string; isDashed?: boolean; label: string; value: string; isMuted?: boolean }
/** Builds the tooltip as a DOM node: no escaping to forget, no inline style for the CSP to refuse. */
export type TipFactory = (title: string, rows: TipRow[], note?: string) => unknown;

/** Where a chart is drawn; sizes in CSS pixels. */
export interface Environment { tokens: Tokens; width: number; height: number; isAnimated?: boolean; tip?: TipFactory }

/** Spec and environment → ECharts option. Pure, so that page, mail and PDF draw the same picture. */
export function optionFor(spec: ChartSpec, environment: Environment): Option {
  switch (spec.kind) {
    case 'trend': return trendOption(spec, environment);
  }
}
