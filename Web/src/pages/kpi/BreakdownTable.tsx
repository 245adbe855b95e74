import { changeSize, integer, interval, isSome, portion, value, type Measure } from '../../format/numbers';
import { Bar } from '../../charts/Bar';
import { inWords } from '../../format/names';
import { Icon } from '../../parts/Icon';
import { TableBox } from '../../parts/TableBox';
import type { Part } from './breakdown';

/** The parts in numbers; bars share one scale, whiskers show the interval. */
export function BreakdownTable({ dimension, parts, measure, better, isAdditive }: {
  dimension: string; parts: Part[]; measure: Measure; better: string; isAdditive: boolean;
}): JSX.Element {
  const has = {
    interval: parts.some((part) => part.low !== null), n: parts.some((part) => part.n !== null), change: parts.some((part) => part.change !== null),
  };
  const most = Math.max(0, ...parts.flatMap((part) => [part.value ?? 0, part.high ?? 0]));
  const least = Math.min(0, ...parts.flatMap((part) => [part.value ?? 0, part.low ?? 0]));
  const total = parts.reduce((sum, part) => sum + (part.n ?? 0), 0);
  const whole = isAdditive ? parts.reduce((sum, part) => sum + (part.value ?? 0), 0) : 0;
  return (
    <TableBox label={`By ${dimension}, table`}>
      <table className="data breakdown-table">
        <caption className="sr">Parts by {dimension}</caption>
        <thead>
          <tr>
            <th scope="col">{inWords(dimension)}</th><th scope="col" className="bar-column"><span className="sr">Size</span></th><th scope="col">Value</th>{whole > 0 && <th scope="col">Share of total</th>}
            {has.interval && <th scope="col">95 % interval</th>}{has.n && <><th scope="col">n</th>{whole === 0 && <th scope="col">Share of n</th>}</>}{has.change && <th scope="col">Change</th>}
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.kind + part.name} className={part.kind === 'value' ? undefined : 'rest'}>
              <th scope="row">{part.name}</th>
              <td className="bar-column"><Bar value={part.value} low={part.low} high={part.high} least={least} most={most} /></td>
              <td title={part.value === null ? 'Fewer observations than the workspace shows a rate for' : undefined}><b>{value(part.value, measure)}</b></td>
              {whole > 0 && <td>{part.value === null ? '–' : portion(part.value / whole)}</td>}
              {has.interval && <td>{interval(part.low, part.high, measure) ?? '–'}</td>}
              {has.n && <><td>{integer(part.n)}</td>{whole === 0 && <td>{part.n === null || total === 0 ? '–' : portion(part.n / total)}</td>}</>}
              {has.change && <td><PartChange part={part} measure={measure} better={better} /></td>}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function PartChange({ part, measure, better }: { part: Part; measure: Measure; better: string }): JSX.Element {
  if (part.change === null) return <>–</>;
  const size = changeSize(part.change, part.changeUnit, measure);
  const isMoved = isSome(size);
  const isBetter = better === 'none' || !isMoved ? undefined : (part.change > 0) === (better === 'up');
  const tone = part.withinNoise || isBetter === undefined ? 'quiet' : isBetter ? 'good' : 'bad';
  return (
    <span className={`change ${tone}`} title={part.withinNoise ? 'Within its noise' : undefined}>
      <Icon name={!isMoved ? 'arrow-right' : part.change > 0 ? 'arrow-up-right' : part.change < 0 ? 'arrow-down-right' : 'arrow-right'} size={13} />
      <span className="sr">{part.change > 0 ? 'up ' : part.change < 0 ? 'down ' : ''}</span>{size}
      {part.withinNoise && <small className="noise">noise</small>}
    </span>
  );
}
