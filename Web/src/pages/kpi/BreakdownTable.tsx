import { changeSize, integer, interval, isSome, portion, value, type Measure } from '../../format/numbers';
import { Bar } from '../../charts/Bar';
import { inWords } from '../../format/names';
import { Icon } from '../../parts/Icon';
import { FitTable, type TableColumn } from '../../parts/FitTable';
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
  const columns: TableColumn<Part>[] = [
    { head: <span className="sr">Size</span>, narrow: 'never', className: 'bar-column', cell: (part) => <Bar value={part.value} low={part.low} high={part.high} least={least} most={most} /> },
    { head: 'Value', narrow: 'beside', title: (part) => (part.value === null ? 'Fewer observations than the workspace shows a rate for' : undefined), cell: (part) => <b>{value(part.value, measure)}</b> },
    ...(whole > 0 ? [{ head: 'Share of total', cell: (part: Part) => (part.value === null ? '–' : portion(part.value / whole)) }] : []),
    ...(has.interval ? [{ head: '95 % interval', cell: (part: Part) => interval(part.low, part.high, measure) ?? '–' }] : []),
    ...(has.n ? [{ head: 'n', cell: (part: Part) => integer(part.n) }] : []),
    ...(has.n && whole === 0 ? [{ head: 'Share of n', cell: (part: Part) => (part.n === null || total === 0 ? '–' : portion(part.n / total)) }] : []),
    ...(has.change ? [{ head: 'Change', narrow: 'beside' as const, cell: (part: Part) => <PartChange part={part} measure={measure} better={better} /> }] : []),
  ];
  return (
    <TableBox label={`By ${dimension}, table`}>
      <FitTable className="breakdown-table" caption={`Parts by ${dimension}`} head={inWords(dimension)} name={(part) => part.name} columns={columns} rows={parts} rowKey={(part) => part.kind + part.name} rowClass={(part) => (part.kind === 'value' ? undefined : 'rest')} />
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
