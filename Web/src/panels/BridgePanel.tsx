import { useMemo } from 'react';
import type { BridgePanel as Spec, BridgePeriod } from '../api/types';
import { Chart } from '../charts/Chart';
import { bridgeExtent, bridgeSteps, imbalance } from '../charts/bridge/steps';
import type { BridgeChart } from '../charts/bridge/option';
import { sentence } from '../format/dates';
import { integer, value } from '../format/numbers';
import { Icon } from '../parts/Icon';
import { Choice } from '../parts/Segments';
import { useQueryState } from '../routing/location';
import { BridgeTable } from './BridgeTable';
import { movementRows } from './bridge';
import { allOf, periodRange, type PanelContext } from './context';
import { PanelCard, PanelEmpty } from './PanelCard';
import { showRows } from './showRows';

/** How a stock moved through one period, and through all of them in numbers below. */
export function BridgePanel({ panel, context }: { panel: Spec; context: PanelContext }): JSX.Element {
  const [chosen, choose] = useQueryState('bridge', '', 'replace');
  const { periods } = panel;
  const last = Math.max(0, periods.map((period) => period.complete).lastIndexOf(true));
  const found = periods.findIndex((period) => period.period === chosen);
  const index = found >= 0 ? found : last;
  const period = periods[index];
  const hasExchange = periods.some((each) => each.exchange !== 0);
  const chart = useMemo((): BridgeChart | undefined => period && { kind: 'bridge', title: panel.title, unit: panel.unit, currency: panel.currency, hasExchange, period }, [panel, period, hasExchange]);
  if (!period || !chart) return <PanelCard kind="bridge" title={panel.title} notes={panel.notes}><PanelEmpty>No movement lies in this range. Choose a longer one above.</PanelEmpty></PanelCard>;
  const steps = bridgeSteps(period, hasExchange);
  const open = (each: BridgePeriod, key: string): void => {
    const { over, where, words } = movementRows(each, key, periodRange(each.period, panel.grain, context.zone));
    showRows(over, allOf([where, ...(panel.filters ?? [])]), `${words}, ${each.label}`, { source: panel.source });
  };
  const off = imbalance(period);
  return (
    <PanelCard kind="bridge" title={panel.title} about={`What moved in ${period.label}${period.complete ? '' : ', which still runs'}`} notes={panel.notes}
      tools={<Stepper periods={periods} index={index} onChange={(to) => choose(periods[to]?.period ?? '')} />}>
      <div className="bridge-body">
        <div>
          <Chart spec={chart} height={300} onPick={(key) => open(period, key)} />
          {bridgeExtent(steps).isCut && <p className="fine">The axis is cut, so that the movements can be seen: opening and closing do not start at zero.</p>}
          {Math.abs(off) > Math.abs(period.closing) * 1e-6 + 0.005 && <p className="verdict watch"><Icon name="triangle-alert" size={14} />The parts miss the closing value by {value(Math.abs(off), panel, 'full')}.</p>}
        </div>
        {period.customers && <Customers of={period.customers} />}
      </div>
      <BridgeTable panel={panel} current={period.period} hasExchange={hasExchange} onPeriod={choose} onOpen={open} />
    </PanelCard>
  );
}

function Stepper({ periods, index, onChange }: { periods: BridgePeriod[]; index: number; onChange: (index: number) => void }): JSX.Element {
  return (
    <div className="stepper" role="group" aria-label="Period of the bridge">
      <button type="button" className="ghost" aria-label="Period before" disabled={index <= 0} onClick={() => onChange(index - 1)}><Icon name="chevron-left" /></button>
      <Choice label="Period" value={String(index)} options={periods.map((period, at) => [String(at), sentence(period.label) + (period.complete ? '' : ' (running)')] as const).reverse()} onChange={(at) => onChange(Number(at))} />
      <button type="button" className="ghost" aria-label="Period after" disabled={index >= periods.length - 1} onClick={() => onChange(index + 1)}><Icon name="chevron-right" /></button>
    </div>
  );
}

function Customers({ of }: { of: NonNullable<BridgePeriod['customers']> }): JSX.Element {
  const line = (name: string, count: number, sign: '' | '+' | '−'): JSX.Element => <div><dt>{name}</dt><dd className={count === 0 ? '' : sign === '+' ? 'gain' : sign === '−' ? 'loss' : ''}>{count === 0 ? '' : sign}{integer(Math.abs(count))}</dd></div>;
  return (
    <section className="bridge-customers" aria-label="Customers">
      <h3>Customers</h3>
      <dl>{line('Opening', of.opening, '')}{line('New', of.new, '+')}{line('Reactivated', of.reactivated, '+')}{line('Lost', of.lost, '−')}{line('Closing', of.closing, '')}</dl>
    </section>
  );
}
