import { useMemo } from 'react';
import type { TrendSpec } from '../../api/types';
import { Sparkline } from '../../charts/Sparkline';
import { value } from '../../format/numbers';

/** A small chart for each part, all on one scale, so that heights compare. */
export function Multiples({ spec }: { spec: TrendSpec }): JSX.Element {
  const scale = useMemo((): [number, number] => {
    const values = spec.series.flatMap((series) => series.points).flatMap((point) => (point.value === null || !point.complete ? [] : [point.value]));
    return values.length === 0 ? [0, 1] : [Math.min(0, ...values), Math.max(...values)];
  }, [spec]);
  return (
    <ul className="multiples" aria-label={`${spec.title}, one small chart a part, all on one scale`}>
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
