import { inWords } from '../format/names';

/** Where a KPI, source or definition stands: said by shape, by words and by colour. */
type Tone = 'good' | 'watch' | 'bad' | 'quiet';
type Shape = 'circle' | 'diamond' | 'triangle' | 'ring' | 'dash';
interface Look { tone: Tone; shape: Shape; words: string }

const looks = (tone: Tone, shape: Shape) => (words: string): Look => ({ tone, shape, words });
const good = looks('good', 'circle'), watch = looks('watch', 'diamond'), bad = looks('bad', 'triangle'), quiet = looks('quiet', 'ring'), none = looks('quiet', 'dash');

const families: Record<'course' | 'health' | 'state' | 'quality' | 'severity' | 'plan', Record<string, Look>> = {
  course: { on_course: good('On course'), at_risk: watch('At risk'), off_course: bad('Off course'), no_target: quiet('No target'), no_data: none('No data') },
  health: { good: good('Healthy'), warning: watch('Warning'), error: bad('Broken') },
  state: { fresh: good('Fresh'), stale: watch('Stale'), empty: none('Empty') },
  quality: { passed: good('Passed'), good: good('Passed'), warning: watch('Warning'), failed: bad('Failed'), error: bad('Failed') },
  severity: { error: bad('Error'), warning: watch('Warning'), advice: quiet('Advice') },
  plan: { planned: good('As planned'), properties: watch('Properties differ'), unplanned: watch('Not planned'), unseen: quiet('Not seen yet'), missing: watch('Missing'), wrong_type: bad('Wrong type') },
};
export type StatusKind = keyof typeof families;

export function look(kind: StatusKind, of: string): Look {
  return families[kind][of] ?? quiet(inWords(of));
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
