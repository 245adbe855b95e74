import { useMemo } from 'react';
import type { LifetimePanel as Spec } from '../api/types';
import { Chart } from '../charts/Chart';
import type { DistributionChart } from '../charts/lifetime/distribution';
import type { RepeatsChart } from '../charts/lifetime/repeats';
import { decimal, integer, portion, probability, value } from '../format/numbers';
import { Warnings } from '../parts/Warnings';
import type { PanelContext } from './context';
import { Figure, PanelCard, PanelEmpty } from './PanelCard';

const models: Record<string, string> = { bgnbd: 'BG/NBD', paretonbd: 'Pareto/NBD', bgbb: 'BG/BB' };

const readings: Record<string, string> = { clv: 'Expected value', purchases: 'Expected purchases', alive: 'Chance to be a customer still' };

/** What a model of purchases says of customers' future, and how far it can be believed. */
export function LifetimePanel({ panel, context }: { panel: Spec; context: PanelContext }): JSX.Element {
  const { measure } = context;
  const worth = useMemo((): DistributionChart => ({ ...measure, kind: 'distribution', title: readings[panel.reading ?? 'clv'] ?? 'Expected value', customers: panel.customers, bins: panel.distribution }), [panel, measure]);
  const repeats = useMemo((): RepeatsChart => ({ kind: 'repeats', title: 'Check of the model', check: panel.check }), [panel]);
  if (panel.customers === 0) return <PanelCard kind="lifetime" title={panel.title} notes={panel.notes}><PanelEmpty>Nobody bought before the end of this range, so there is nothing to learn from.</PanelEmpty></PanelCard>;
  const horizon = panel.horizon === null ? 'the horizon' : typeof panel.horizon === 'number' ? `${panel.horizon} months` : panel.horizon;
  return (
    <PanelCard kind="lifetime" title={panel.title} about={`${models[panel.model] ?? panel.model}, fitted on ${integer(panel.customers)} customers`} notes={panel.notes} table={<LifetimeTables panel={panel} context={context} />}>
      <Warnings label="Warnings" texts={panel.warnings} />
      <dl className="figures">
        <Figure label="Customers">{integer(panel.customers)}</Figure>
        <Figure label="Still customers" note="the model’s estimate">{panel.aliveShare === null ? '–' : portion(panel.aliveShare)}</Figure>
        <Figure label="Purchases to expect" note={`a customer, in ${horizon}`}>{decimal(panel.expectedPurchases, 2)}</Figure>
        <Figure label="Fit" note={panel.fit ? `χ² ${decimal(panel.fit.chiSquare, 1)}, ${panel.fit.degrees} degrees, ${probability(panel.fit.p)}` : undefined}>{panel.fit === null ? 'not tested' : panel.fit.p < 0.05 ? 'Differs from the data' : 'Agrees with the data'}</Figure>
      </dl>
      <div className="halves">
        {panel.distribution.length > 0 && <section aria-label="Distribution"><h3>Who is worth how much</h3><Chart spec={worth} height={240} /></section>}
        {panel.check.length > 0 && <section aria-label="Model check"><h3>Does the model repeat the past?</h3><ul className="legend"><li className="key block">Actual customers</li><li className="key hollow">The model expects</li></ul><Chart spec={repeats} height={217} /></section>}
      </div>
      <details><summary>Parameters of the model</summary><Parameters panel={panel} /></details>
    </PanelCard>
  );
}

function Parameters({ panel }: { panel: Spec }): JSX.Element {
  return (
    <table className="data compact narrow"><caption className="sr">Parameters</caption>
      <thead><tr><th scope="col">Parameter</th><th scope="col">Estimate</th><th scope="col">Standard error</th></tr></thead>
      <tbody>
        {panel.parameters.map((each) => <tr key={each.name}><th scope="row" className="mono">{each.name}</th><td>{decimal(each.value, 4)}</td><td>{each.error === null ? 'not known' : decimal(each.error, 4)}</td></tr>)}
        {panel.logLikelihood !== null && <tr><th scope="row">log likelihood</th><td>{decimal(panel.logLikelihood, 2)}</td><td /></tr>}
      </tbody>
    </table>
  );
}

function LifetimeTables({ panel, context }: { panel: Spec; context: PanelContext }): JSX.Element {
  return (
    <div className="halves">
      <table className="data"><caption className="sr">Who is worth how much</caption>
        <thead><tr><th scope="col">Expected value</th><th scope="col">Customers</th></tr></thead>
        <tbody>{panel.distribution.map((bin) => <tr key={bin.from}><th scope="row">{value(bin.from, context.measure)} – {value(bin.to, context.measure)}</th><td>{integer(bin.customers)}</td></tr>)}</tbody>
      </table>
      <table className="data"><caption className="sr">Repeat purchases, actual and expected</caption>
        <thead><tr><th scope="col">Repeat purchases</th><th scope="col">Actual</th><th scope="col">Expected</th></tr></thead>
        <tbody>{panel.check.map((each) => <tr key={each.repeats}><th scope="row">{each.repeats}{each.orMore && ' or more'}</th><td>{integer(each.actual)}</td><td>{decimal(each.expected, 1)}</td></tr>)}</tbody>
      </table>
    </div>
  );
}
