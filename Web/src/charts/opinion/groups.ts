import type { OpinionPanel } from '../../api/types';
import type { Tokens } from '../tokens';

export type Tone = 'good' | 'quiet' | 'bad';

/** Whether a group of answers is glad, neither, or not. */
export function toneOf(group: string): Tone {
  if (/detract|dissat|unsat|difficult|hard|high.?effort|disagree/i.test(group)) return 'bad';
  return /promot|satisf|easy|low.?effort|agree/i.test(group) ? 'good' : 'quiet';
}

export const toneColor = (tone: Tone, tokens: Tokens): string => (tone === 'good' ? tokens.gain : tone === 'bad' ? tokens.loss : tokens.quiet);

/** Every score of the scale, also those that nobody gave. */
export function allScores(spec: OpinionPanel): { score: number; count: number; group: string }[] {
  const known = new Map(spec.scores.map((each) => [each.score, each]));
  const given = [...known.keys()];
  const [least, most] = spec.scale === 'nps' ? [0, 10] : [Math.min(1, ...given), Math.max(5, ...given)];
  return Array.from({ length: most - least + 1 }, (_, index) => {
    const score = least + index;
    return known.get(score) ?? { score, count: 0, group: nearest(spec, score) };
  });
}

/** The group of a score that nobody gave: that of the scale for nps, else that of the nearest one given. */
function nearest(spec: OpinionPanel, score: number): string {
  if (spec.scale === 'nps') return score <= 6 ? 'detractors' : score <= 8 ? 'passives' : 'promoters';
  return [...spec.scores].sort((a, b) => Math.abs(a.score - score) - Math.abs(b.score - score))[0]?.group ?? '';
}
