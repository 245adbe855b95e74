import type { TrendSpec } from '../api/types';
import { difference, integer, interval, value } from '../format/numbers';
import { trendFrame } from './trend/frame';

/** The numbers behind a trend, newest first. */
export function TrendTable({ spec }: { spec: TrendSpec }): JSX.Element {
  const frame = trendFrame(spec);
  const rows = [...frame.actual].reverse();
  const has = {
    interval: rows.some((row) => row.point.low !== null), n: rows.some((row) => row.point.n !== null),
    comparison: frame.comparison.length > 0, target: frame.target.length > 0,
  };
  return (
    <table className="data">
      <caption className="sr">{spec.title} by {spec.grain}</caption>
      <thead>
        <tr>
          <th scope="col">Period</th><th scope="col">Value</th>{has.interval && <th scope="col">95 % interval</th>}{has.n && <th scope="col">n</th>}
          {has.comparison && <><th scope="col">{frame.comparisonName}</th><th scope="col">Change</th></>}
          {has.target && <><th scope="col">Target path</th><th scope="col">Against path</th></>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, point }) => {
          const before = frame.comparison.find((each) => each.at === at)?.point.value ?? null;
          const target = frame.target.find((each) => each[0] === at)?.[1];
          const against = (base: number | null | undefined): string => (point.value === null || base == null || !point.complete ? '–' : difference(point.value, base, spec));
          return (
            <tr key={at} className={point.complete ? undefined : 'running'}>
              <th scope="row" className="period">{point.label}{!point.complete && <small> running</small>}</th>
              <td>{value(point.value, spec)}</td>
              {has.interval && <td>{interval(point.low, point.high, spec) ?? '–'}</td>}
              {has.n && <td>{integer(point.n)}</td>}
              {has.comparison && <><td>{value(before, spec)}</td><td>{against(before)}</td></>}
              {has.target && <><td>{value(target, spec)}</td><td>{against(target)}</td></>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
