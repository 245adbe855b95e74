import { inWords } from '../format/names';

/** Where a KPI, source or definition stands: said by shape, by words and by colour. */
type Tone = 'good' | 'watch' | 'bad' | 'quiet';
type Shape = 'circle' | 'diamond' | 'triangle' | 'ring' | 'dash';
interface Look { tone: Tone; shape: Shape; words: string }

const courses: Record<string, Look> = {
  on_course: { tone: 'good', shape: 'circle', words: 'On course' },
  at_risk: { tone: 'watch', shape: 'diamond', words: 'At risk' },
  off_course: { tone: 'bad', shape: 'triangle', words: 'Off course' },
  no_target: { tone: 'quiet', shape: 'ring', words: 'No target' },
  no_data: { tone: 'quiet', shape: 'dash', words: 'No data' },
};
const healths: Record<string, Look> = {
  good: { tone: 'good', shape: 'circle', words: 'Healthy' },
  warning: { tone: 'watch', shape: 'diamond', words: 'Warning' },
  error: { tone: 'bad', shape: 'triangle', words: 'Broken' },
};
const states: Record<string, Look> = {
  fresh: { tone: 'good', shape: 'circle', words: 'Fresh' },
  stale: { tone: 'watch', shape: 'diamond', words: 'Stale' },
  empty: { tone: 'quiet', shape: 'dash', words: 'Empty' },
};
const qualities: Record<string, Look> = {
  passed: { tone: 'good', shape: 'circle', words: 'Passed' },
  good: { tone: 'good', shape: 'circle', words: 'Passed' },
  warning: { tone: 'watch', shape: 'diamond', words: 'Warning' },
  failed: { tone: 'bad', shape: 'triangle', words: 'Failed' },
  error: { tone: 'bad', shape: 'triangle', words: 'Failed' },
};
const severities: Record<string, Look> = {
  error: { tone: 'bad', shape: 'triangle', words: 'Error' },
  warning: { tone: 'watch', shape: 'diamond', words: 'Warning' },
  advice: { tone: 'quiet', shape: 'ring', words: 'Advice' },
};
const plans: Record<string, Look> = {
  planned: { tone: 'good', shape: 'circle', words: 'As planned' },
  properties: { tone: 'watch', shape: 'diamond', words: 'Properties differ' },
  unplanned: { tone: 'watch', shape: 'diamond', words: 'Not planned' },
  unseen: { tone: 'quiet', shape: 'ring', words: 'Not seen yet' },
  missing: { tone: 'watch', shape: 'diamond', words: 'Missing' },
  wrong_type: { tone: 'bad', shape: 'triangle', words: 'Wrong type' },
};
const families = { course: courses, health: healths, state: states, quality: qualities, severity: severities, plan: plans };
export type StatusKind = keyof typeof families;

export function look(kind: StatusKind, of: string): Look {
  return families[kind][of] ?? { tone: 'quiet', shape: 'ring', words: inWords(of) };
}

/** The courses in the order of how soon they need somebody. */
export const courseOrder = ['off_course', 'at_risk', 'no_data', 'no_target', 'on_course'];

const shapes: Record<Shape, JSX.Element> = {
  circle: <circle cx="5" cy="5" r="3.6" />,
  diamond: <path d="M5 .6 9.4 5 5 9.4.6 5Z" />,
  triangle: <path d="M5 .9 9.6 9H.4Z" />,
  ring: <circle cx="5" cy="5" r="3.1" className="hollow" />,
  dash: <path d="M1.4 4.1h7.2v1.8H1.4Z" />,
};

export function Shape({ kind, of }: { kind: StatusKind; of: string }): JSX.Element {
  const { tone, shape } = look(kind, of);
  return <svg className={`shape ${tone}`} width="9" height="9" viewBox="0 0 10 10" aria-hidden="true">{shapes[shape]}</svg>;
}

export function Status({ kind, of, isPlain = false }: { kind: StatusKind; of: string; isPlain?: boolean }): JSX.Element {
  const { tone, words } = look(kind, of);
  return <span className={isPlain ? `status-plain ${tone}` : `pill ${tone}`}><Shape kind={kind} of={of} />{words}</span>;
}
