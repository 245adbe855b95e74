import type { BridgePanel, BridgePeriod } from '../api/types';
import { movementName, movements } from '../charts/bridge/steps';
import { integer, signed, value } from '../format/numbers';
import { TableBox } from '../parts/TableBox';
import { useGrid } from './useGrid';

/** Every period of a bridge in numbers, newest first; each number leads to its rows. */
export function BridgeTable({ panel, current, hasExchange, onPeriod, onOpen }: {
  panel: BridgePanel; current: string; hasExchange: boolean; onPeriod: (period: string) => void; onOpen: (period: BridgePeriod, key: string) => void;
}): JSX.Element {
  const grid = useGrid([0, 1]);
  const keys = (['opening', ...movements, 'closing'] as const).filter((key) => key !== 'exchange' || hasExchange);
  const hasCustomers = panel.periods.some((period) => period.customers !== null);
  const rows = [...panel.periods].reverse();
  return (
    <TableBox className="bridge-table" label={`${panel.title}, all periods`} onKeyDown={grid.onKeyDown}>
      <table className="data compact">
        <caption className="sr">{panel.title}, all periods</caption>
        <thead>
          <tr><th scope="col">Period</th>{keys.map((key) => <th key={key} scope="col">{movementName(key)}</th>)}{hasCustomers && <th scope="col">Customers</th>}</tr>
        </thead>
        <tbody>
          {rows.map((period, row) => (
            <tr key={period.period} className={[period.complete ? '' : 'running', period.period === current ? 'current' : ''].join(' ').trim() || undefined}>
              <th scope="row"><button type="button" {...grid.cell(row, 0)} className="number-link" aria-current={period.period === current ? 'true' : undefined} onClick={() => onPeriod(period.period)}>{period.label}</button>{!period.complete && <small> running</small>}</th>
              {keys.map((key, column) => {
                const isLevel = key === 'opening' || key === 'closing';
                const text = isLevel ? value(period[key], panel, 'whole') : period[key] === 0 ? '0' : signed(period[key], panel, 'whole');
                return <td key={key}><button type="button" {...grid.cell(row, column + 1)} className={`number-link ${isLevel || period[key] === 0 ? '' : period[key] > 0 ? 'gain' : 'loss'}`} aria-label={`${movementName(key)} of ${period.label}: ${text}, show its rows`} onClick={() => onOpen(period, key)}>{text}</button></td>;
              })}
              {hasCustomers && <td>{integer(period.customers?.closing)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}
