import type { Option } from '@vendor/echarts';
import type { Annotation, TrendSpec } from '../../api/types';
import { position } from '../../format/dates';
import type { Environment } from '../option';
import { font } from '../tokens';
import type { TrendFrame } from './frame';

export interface Marked { at: number; annotation: Annotation; letter: string }

/** The annotations inside the range shown, in order, each with a letter for where its words do not fit. */
export function marked(spec: TrendSpec, frame: TrendFrame): Marked[] {
  return spec.annotations
    .map((annotation) => ({ at: position(annotation.at, spec.zone), annotation }))
    .filter((each) => each.at >= frame.start && each.at <= frame.end)
    .sort((a, b) => a.at - b.at)
    .map((each, index) => ({ ...each, letter: String.fromCharCode(65 + (index % 26)) }));
}

/** Whether the labels would run into each other at this width; then letters stand in the chart and words below it. */
export function needsLetters(marks: Marked[], frame: TrendFrame, plotWidth: number): boolean {
  const pixel = plotWidth / (frame.end - frame.start || 1);
  return marks.some((mark, index) => {
    const next = marks[index + 1];
    const half = (text: string): number => text.length * 3.3 + 6;
    return next !== undefined && (next.at - mark.at) * pixel < half(mark.annotation.label) + half(next.annotation.label);
  });
}

export function annotationSeries(marks: Marked[], isLettered: boolean, { tokens }: Environment): Option[] {
  if (marks.length === 0) return [];
  return [{
    type: 'line', name: 'Annotations', data: [], silent: true, z: 2,
    markLine: {
      silent: true, symbol: ['none', 'none'], animation: false, lineStyle: { color: tokens.note, width: 1, type: [2, 3], opacity: 0.9 },
      label: {
        position: 'end', distance: 7, color: tokens.note, fontSize: 11, fontWeight: 600, fontFamily: font,
        formatter: (mark: { name: string }) => mark.name,
      },
      data: marks.map((mark) => ({ name: isLettered ? mark.letter : mark.annotation.label, xAxis: mark.at })),
    },
  }];
}
