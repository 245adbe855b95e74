import type { Quantiles } from '../../../api/behaviour';

/** The people between two quantiles: from when to when, in seconds, and which share of all they are. */
export interface Block { from: number; to: number; share: number }

const ranks = [['p10', 0.1], ['p25', 0.25], ['median', 0.5], ['p75', 0.75], ['p90', 0.9]] as const;

/** What lies between the quantiles that are known; nothing where fewer than two are. */
export function blocksOf(times: Quantiles | undefined): Block[] {
  const known = ranks.flatMap(([key, rank]) => { const seconds = times?.[key]; return seconds == null ? [] : [{ seconds: Math.max(0, seconds), rank }]; });
  return known.slice(1).map((each, index) => ({ from: known[index]!.seconds, to: each.seconds, share: each.rank - known[index]!.rank }));
}

/** Times from a second on, so that minutes and weeks have room on one line. */
const power = (seconds: number): number => Math.log10(Math.max(1, seconds));

/** A line of time for several distributions: where a moment lies on it, from 0 to 1, and which are named. */
export interface TimeAxis { place: (seconds: number) => number; ticks: { seconds: number; words: string }[] }

const named: readonly (readonly [number, string])[] = [[1, '1 s'], [10, '10 s'], [60, '1 min'], [600, '10 min'], [3600, '1 h'], [6 * 3600, '6 h'], [86_400, '1 d'], [3 * 86_400, '3 d'], [7 * 86_400, '7 d'], [30 * 86_400, '30 d'], [90 * 86_400, '90 d'], [365 * 86_400, '1 y']];

export function timeAxis(blocks: readonly Block[], ticksMax = 6): TimeAxis {
  const all = blocks.flatMap((each) => [power(each.from), power(each.to)]);
  const low = Math.min(...all), high = Math.max(...all), room = Math.max(0.12, (high - low) * 0.04);
  const from = low - room, span = high + room - from;
  const place = (seconds: number): number => (power(seconds) - from) / span;
  const inside = named.filter(([seconds]) => place(seconds) >= 0.03 && place(seconds) <= 0.97);
  const step = Math.max(1, Math.ceil(inside.length / ticksMax));
  return { place, ticks: inside.filter((_, index) => index % step === 0).map(([seconds, words]) => ({ seconds, words })) };
}

/** Blocks as bars whose areas are their shares: left, width and height, each from 0 to 1; the tallest of `all` has height 1. */
export function barsOf(blocks: readonly Block[], axis: TimeAxis, tallest: number): { left: number; width: number; height: number }[] {
  return blocks.map((each) => { const left = axis.place(each.from), width = widthOf(each, axis); return { left, width, height: Math.min(1, each.share / width / tallest) }; });
}

/** How high the highest block of several distributions is, as share by width. */
export const tallestOf = (blocks: readonly Block[], axis: TimeAxis): number => Math.max(1e-9, ...blocks.map((each) => each.share / widthOf(each, axis)));

const widthOf = (block: Block, axis: TimeAxis): number => Math.max(0.012, axis.place(block.to) - axis.place(block.from));
