import type { PathsAnswer, PathsPart } from '../../../api/behaviour';
import { inWords } from '../../../format/names';
import { integer, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { PanelCard } from '../../../panels/PanelCard';
import { TableBox } from '../../../parts/TableBox';
import { partName } from './Answered';
import { WayList } from './WayList';

const waysShown = 3;

/** The most frequent ways of each value of a dimension, by the event with which the visit began. */
export function PathsParts({ answer, parts }: { answer: PathsAnswer; parts: readonly PathsPart[] }): JSX.Element {
  const name = inWords(answer.dimension ?? answer.by ?? 'part');
  return (
    <PanelCard kind="parts" title={`By ${name}`} about="By the first event of the visit, with the most frequent ways of each" notes={[]}
      tools={<CsvButton name={`${answer.paths}-by-${name}`} head={[name, 'way', answer.counting, 'share']} rows={() => parts.flatMap((part) => part.top.map((way) => [partName(part), way.events.join(' > '), way.count, way.share.value]))} />}>
      <TableBox label={`By ${name}, data`}>
        <table className="data ways parts-ways">
          <caption className="sr">The most frequent ways by {name}</caption>
          <thead><tr><th scope="col">{name}</th><th scope="col">{answer.counting}</th><th scope="col">Most frequent ways</th></tr></thead>
          <tbody>{parts.map((part) => (
            <tr key={(part.kind ?? '') + (part.value ?? '')}><th scope="row">{partName(part)}</th><td>{integer(part.total)}</td>
              <td><ul className="part-ways">{part.top.slice(0, waysShown).map((way) => <li key={way.events.join('>')}><b>{value(way.share.value, { unit: 'share' })}</b><WayList events={way.events} /></li>)}</ul></td></tr>
          ))}</tbody>
        </table>
      </TableBox>
    </PanelCard>
  );
}
