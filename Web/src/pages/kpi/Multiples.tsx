import { useMemo, type CSSProperties } from 'react';
import type { TrendSpec } from '../../api/types';
import { Sparkline } from '../../charts/Sparkline';
import { extent } from '../../charts/scale';
import { value } from '../../format/numbers';

/** A small chart for each part, all on one scale, so that heights compare. */
export function Multiples({ spec }: { spec: TrendSpec }): JSX.Element {
  const scale = useMemo((): [number, number] => {
    const values = spec.series.flatMap((series) => series.points).flatMap((point) => (point.value === null ? [] : [point.value]));
    const { low, high } = extent(values, 4, false);
    return [low, high];
  }, [spec]);
  return (
    <ul className="multiples" style={{ '--count': columns(spec.series.length) } as CSSProperties} aria-label={`${spec.title}, one small chart a part, all on one scale`}>
      {spec.series.map((series) => {
        const last = [...series.points].reverse().find((point) => point.complete && point.value !== null);
        return (
          <li key={series.name}>
            <div><span title={series.name}>{series.name}</span><b>{value(last?.value, spec)}</b></div>
            <Sparkline points={series.points} height={54} scale={scale} />
          </li>
        );
      })}
    </ul>
  );
}

/** Even rows: up to eight side by side, more in two or three rows of like length. */
const columns = (count: number): number => Math.max(4, Math.ceil(count / Math.ceil(count / 8)));
