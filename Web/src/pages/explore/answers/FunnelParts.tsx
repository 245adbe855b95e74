import type { FunnelAnswer } from '../../../api/behaviour';
import { Bar } from '../../../charts/Bar';
import { inWords } from '../../../format/names';
import { integer, interval, share, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { PanelCard } from '../../../panels/PanelCard';
import { TableBox } from '../../../parts/TableBox';
import { partName } from './Answered';
import { Difference } from './Difference';


/** The funnel part by part: each share with its interval, and which differ from the rest by more than chance. */
export function FunnelParts({ answer }: { answer: FunnelAnswer }): JSX.Element {
  const parts = answer.parts ?? [];
  const most = Math.max(0.01, ...parts.flatMap((part) => [part.conversion.high ?? 0, part.conversion.value ?? 0]));
  const steps = answer.steps.slice(1, -1);
  return (
    <PanelCard kind="funnel-parts" title={`By ${inWords(answer.dimension ?? 'part')}`} about="The share that gets through, with its 95 % interval" notes={[]}
      tools={<CsvButton name={`${answer.funnel}-by-${answer.dimension ?? 'part'}`} head={[answer.dimension ?? 'part', 'entered', 'converted', 'share', 'low', 'high', 'difference from the rest', 'p corrected']} rows={() => parts.map((part) => [partName(part), part.counts[0], part.counts[part.counts.length - 1], part.conversion.value, part.conversion.low, part.conversion.high, part.difference?.value, part.difference?.p_corrected])} />}>
      <TableBox label="Parts, data">
        <table className="data">
          <caption className="sr">The funnel by {answer.dimension}</caption>
          <thead><tr><th scope="col">{inWords(answer.dimension ?? 'Part')}</th><th scope="col">Entered</th>{steps.map((step) => <th key={step.step} scope="col">{step.label}</th>)}<th scope="col">Got through</th><th scope="col">Share</th><th scope="col" className="bar-column"><span className="sr">Share as a bar</span></th><th scope="col">From the rest</th></tr></thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part.kind + (part.value ?? '')} className={part.kind === 'value' ? undefined : 'rest'}>
                <th scope="row">{partName(part)}</th><td>{integer(part.counts[0])}</td>{steps.map((step, index) => <td key={step.step}>{integer(part.counts[index + 1])}</td>)}<td>{integer(part.counts[part.counts.length - 1])}</td>
                <td title={interval(part.conversion.low, part.conversion.high, share)}><b>{value(part.conversion.value, share)}</b></td>
                <td className="bar-column"><Bar value={part.conversion.value} low={part.conversion.low} high={part.conversion.high} most={most} /></td>
                <td><Difference of={part.difference} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </PanelCard>
  );
}
