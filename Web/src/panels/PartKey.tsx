import { partColor } from '../charts/trend/series';
import { useTokens } from '../shell/theme';

/** Shapes in the order of the parts, the same as in the charts: circle, diamond, triangle, square. */
const shapes = ['M5 1a4 4 0 1 0 0 8a4 4 0 0 0 0-8Z', 'M5 .4 9.6 5 5 9.6 .4 5Z', 'M5 .8 9.7 9H.3Z', 'M1 1h8v8H1Z', 'M5 9.6C2 6 1.6 4.8 1.6 3.6a3.4 3.4 0 0 1 6.8 0C8.4 4.8 8 6 5 9.6Z', 'M5 .6 8.6 9.4 5 7.4 1.4 9.4Z', 'M2.4 1h5.2A1.4 1.4 0 0 1 9 2.4v5.2A1.4 1.4 0 0 1 7.6 9H2.4A1.4 1.4 0 0 1 1 7.6V2.4A1.4 1.4 0 0 1 2.4 1Z'];

/** The mark of a part in a legend: colour and shape; its name stands beside it. */
export function PartKey({ name, index }: { name: string; index: number }): JSX.Element {
  const tokens = useTokens();
  return <svg className="part-key" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true"><path d={shapes[index] ?? shapes[0]} fill={partColor(name, index, tokens.parts)} /></svg>;
}
