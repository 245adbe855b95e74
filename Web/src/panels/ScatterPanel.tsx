import { useMemo } from 'react';
import type { ScatterPanel as Spec } from '../api/types';
import { Chart } from '../charts/Chart';
import { partsOf, type ScatterChart } from '../charts/scatter/option';
import { day } from '../format/dates';
import { integer, value } from '../format/numbers';
import type { PanelContext } from './context';
import { PartKey } from './PartKey';
import { PanelCard, PanelEmpty } from './PanelCard';

const mostRows = 200;

/** How long each thing took, at the time it ended; an average alone would hide the slow ones. */
export function ScatterPanel({ panel, context }: { panel: Spec; context: PanelContext }): JSX.Element {
  const chart = useMemo((): ScatterChart => ({ ...panel, zone: context.zone }), [panel, context.zone]);
  if (panel.points.length === 0) return <PanelCard kind="scatter" title={panel.title} notes={panel.notes}><PanelEmpty>Nothing ended in this range. Choose a longer one above.</PanelEmpty></PanelCard>;
  const parts = partsOf(panel.points).filter((part) => part !== '');
  return (
    <PanelCard kind="scatter" title={panel.title} about={`Each point is one; ${panel.percentiles.filter((each) => each.value !== null).map((each) => `${each.rank} % within ${value(each.value, panel)}`).join(', ')}`} notes={panel.notes} table={<ScatterTable panel={panel} />}>
      {parts.length > 1 && <ul className="legend">{parts.map((part, index) => <li key={part}><PartKey name={part} index={index} /> {part}</li>)}</ul>}
      <Chart spec={chart} height={320} />
      {panel.shown < panel.total && <p className="fine">{integer(panel.shown)} of {integer(panel.total)} are drawn; the lines count all of them.</p>}
    </PanelCard>
  );
}

function ScatterTable({ panel }: { panel: Spec }): JSX.Element {
  const hasParts = panel.points.some((point) => point.part !== null);
  const slowest = [...panel.points].sort((a, b) => b.value - a.value).slice(0, mostRows);
  return (
    <table className="data"><caption className="sr">{panel.title}, slowest first</caption>
      <thead><tr><th scope="col">What</th><th scope="col">Ended</th><th scope="col">Took</th>{hasParts && <th scope="col">Part</th>}</tr></thead>
      <tbody>{slowest.map((point, index) => <tr key={index}><th scope="row">{point.label ?? '–'}</th><td>{day(point.at)}</td><td>{value(point.value, panel)}</td>{hasParts && <td>{point.part ?? '–'}</td>}</tr>)}</tbody>
    </table>
  );
}
