import type { FunnelAnswer, FunnelPart } from '../../../api/behaviour';
import { Bar } from '../../../charts/Bar';
import { inWords } from '../../../format/names';
import { integer, interval, share, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { PanelCard } from '../../../panels/PanelCard';
import { FitTable, type TableColumn } from '../../../parts/FitTable';
import { Name } from '../../../parts/Name';
import { TableBox } from '../../../parts/TableBox';
import { partName } from './Answered';
import { Difference } from './Difference';

/** The funnel part by part: each share with its interval, and which differ from the rest by more than chance. */
export function FunnelParts({ answer }: { answer: FunnelAnswer }): JSX.Element {
  const parts = answer.parts ?? [];
  const most = Math.max(0.01, ...parts.flatMap((part) => [part.conversion.high ?? 0, part.conversion.value ?? 0]));
  const columns: TableColumn<FunnelPart>[] = [
    { head: 'Entered', cell: (part) => integer(part.counts[0]) },
    ...answer.steps.slice(1, -1).map((step, index) => ({ head: <Name of={step.label} />, cell: (part: FunnelPart) => integer(part.counts[index + 1]) })),
    { head: 'Got through', cell: (part) => integer(part.counts[part.counts.length - 1]) },
    { head: 'Share', narrow: 'beside', title: (part) => interval(part.conversion.low, part.conversion.high, share), cell: (part) => <b>{value(part.conversion.value, share)}</b> },
    { head: <span className="sr">Share as a bar</span>, narrow: 'never', className: 'bar-column', cell: (part) => <Bar value={part.conversion.value} low={part.conversion.low} high={part.conversion.high} most={most} /> },
    { head: 'From the rest', narrow: 'beside', cell: (part) => <Difference of={part.difference} /> },
  ];
  return (
    <PanelCard kind="funnel-parts" title={`By ${inWords(answer.dimension ?? 'part')}`} about="The share that gets through, with its 95 % interval" notes={[]}
      tools={<CsvButton name={`${answer.funnel}-by-${answer.dimension ?? 'part'}`} head={[answer.dimension ?? 'part', 'entered', 'converted', 'share', 'low', 'high', 'difference from the rest', 'p corrected']} rows={() => parts.map((part) => [partName(part), part.counts[0], part.counts[part.counts.length - 1], part.conversion.value, part.conversion.low, part.conversion.high, part.difference?.value, part.difference?.p_corrected])} />}>
      <TableBox label="Parts, data">
        <FitTable caption={`The funnel by ${inWords(answer.dimension ?? 'part')}`} head={inWords(answer.dimension ?? 'part')} name={(part) => <Name of={partName(part)} />} columns={columns} rows={parts} rowKey={(part) => part.kind + (part.value ?? '')} rowClass={(part) => (part.kind === 'value' ? undefined : 'rest')} />
      </TableBox>
    </PanelCard>
  );
}
