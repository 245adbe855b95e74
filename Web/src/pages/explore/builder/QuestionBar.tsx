import { inWords } from '../../../format/names';
import { Choice, Segments } from '../../../parts/Segments';
import { RangeMenu } from '../../kpi/RangeMenu';
import { setQuery } from '../../../routing/location';
import { kinds } from '../kinds';
import { propertyOptions, useKnown } from '../inventory';
import { standardRange, type Asked } from '../asked';
import { Picker } from '../../../parts/Picker';

const ranges = [['4w', '4w'], ['12w', '12w'], ['26w', '26w'], ['12m', '12m'], ['all', 'All']] as const;
const grains = [['day', 'Day'], ['week', 'Week'], ['month', 'Month'], ['quarter', 'Quarter']] as const;
const comparisons = [['none', 'None'], ['previous', 'Range before'], ['year', 'Year before']] as const;

/** Over what is asked: range, periods, breakdown, comparison; nothing where the question says it all. */
export function QuestionBar({ asked }: { asked: Asked }): JSX.Element | null {
  const about = kinds[asked.kind];
  const known = useKnown();
  const splits = [{ value: '', words: 'Nothing', detail: 'all together' }, ...propertyOptions(known).filter((option) => option.mark !== 'number' && option.mark !== 'integer' && option.mark !== 'decimal')];
  if (about.isTimeless) return null;
  return (
    <div className="question-bar" role="group" aria-label="Over what">
      <Segments label="Range" value={asked.range} options={ranges} onChange={(range) => setQuery({ range: range === standardRange ? undefined : range })} />
      <RangeMenu range={asked.range} />
      {about.grains && <Choice label="By" value={asked.grain} options={grains} onChange={(grain) => setQuery({ grain: grain === 'week' ? undefined : grain })} />}
      {about.splits && <Picker label={asked.split === '' ? 'Split by a property' : `Split by ${asked.split}, change`} shown={<><span className="placeholder">Split</span><span className="event-name">{asked.split === '' ? 'None' : inWords(asked.split)}</span></>} placeholder="Search properties" options={splits} onPick={(split) => setQuery({ split: split === '' ? undefined : split })} />}
      {about.compares && <Choice label="Compare" value={asked.compare} options={comparisons} onChange={(compare) => setQuery({ compare: compare === 'none' ? undefined : compare })} />}
    </div>
  );
}
