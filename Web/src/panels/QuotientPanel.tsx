import { useMemo } from 'react';
import type { QuotientPanel as Spec } from '../api/types';
import { Chart } from '../charts/Chart';
import { value } from '../format/numbers';
import { Icon } from '../parts/Icon';
import type { PanelContext } from './context';
import { PanelCard, PanelEmpty, RowsButton } from './PanelCard';
import { halves } from './quotient';
import { showRows } from './showRows';

/** What is divided by what, each over time: a ratio rises when its top grows or its bottom shrinks. */
export function QuotientPanel({ panel, context }: { panel: Spec; context: PanelContext }): JSX.Element {
  const specs = useMemo(() => halves(panel, context), [panel, context]);
  if (panel.points.every((point) => point.denominator === null)) return <PanelCard kind="quotient" title={panel.title} notes={panel.notes}><PanelEmpty>Neither half has a value in this range.</PanelEmpty></PanelCard>;
  return (
    <PanelCard kind="quotient" title={panel.title} about="Each half of the ratio on its own" notes={panel.notes} table={<QuotientTable panel={panel} context={context} />}>
      <div className="halves">
        {specs.map((spec, index) => (
          <section key={spec.title + index} aria-label={spec.title}><h3><small>{index === 0 ? 'Numerator' : 'Denominator'}</small>{spec.title} <RowsButton label={`Rows of ${spec.title}`} onClick={() => showRows(context.range, undefined, spec.title, { side: index === 0 ? 'numerator' : 'denominator' })}><Icon name="rows-3" size={13} /></RowsButton></h3><Chart spec={spec} height={190} /></section>
        ))}
      </div>
    </PanelCard>
  );
}

function QuotientTable({ panel, context }: { panel: Spec; context: PanelContext }): JSX.Element {
  const { currency } = context.measure;
  return (
    <table className="data"><caption className="sr">{panel.title}</caption>
      <thead><tr><th scope="col">Period</th><th scope="col">{panel.numerator.title}</th><th scope="col">{panel.denominator.title}</th><th scope="col">Ratio</th></tr></thead>
      <tbody>
        {[...panel.points].reverse().map((point) => (
          <tr key={point.period} className={point.complete ? undefined : 'running'}><th scope="row" className="period">{point.label}{!point.complete && <small> running</small>}</th>
            <td>{value(point.numerator, { unit: panel.numerator.unit, currency })}</td><td>{value(point.denominator, { unit: panel.denominator.unit, currency })}</td><td>{value(point.value, context.measure)}</td></tr>
        ))}
      </tbody>
    </table>
  );
}
