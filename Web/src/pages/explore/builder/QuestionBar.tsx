import { day } from '../../../format/dates';
import { inWords } from '../../../format/names';
import { Choice, Segments } from '../../../parts/Segments';
import { useNarrow } from '../../../parts/useNarrow';
import { RangeMenu } from '../../kpi/RangeMenu';
import { customRange } from '../../kpi/state';
import { setQuery } from '../../../routing/location';
import { kinds } from '../kinds';
import { propertyOptions, useKnown } from '../inventory';
import { standardRange, type Asked } from '../asked';
import { Picker } from '../../../parts/Picker';

const ranges = [['4w', '4w', '4 weeks'], ['12w', '12w', '12 weeks'], ['26w', '26w', '26 weeks'], ['12m', '12m', '12 months'], ['all', 'All', 'All time']] as const;
const grains = [['day', 'Day'], ['week', 'Week'], ['month', 'Month'], ['quarter', 'Quarter']] as const;
const comparisons = [['none', 'None', 'Compare'], ['previous', 'Range before', 'Before'], ['year', 'Year before', 'Year ago']] as const;

/** Over what is asked: range, periods, breakdown, comparison; nothing where the question says it all. On a phone all of it is one line, and what is not chosen says only what it would be. */
export function QuestionBar({ asked }: { asked: Asked }): JSX.Element | null {
  const about = kinds[asked.kind];
  const known = useKnown(), isNarrow = useNarrow();
  const splits = [{ value: '', words: 'Nothing', detail: 'all together' }, ...propertyOptions(known).filter((option) => option.mark !== 'number' && option.mark !== 'integer' && option.mark !== 'decimal')];
  if (about.isTimeless) return null;
  const setRange = (range: string): void => { if (range !== '') setQuery({ range: range === standardRange ? undefined : range }); };
  const isNamed = ranges.some(([each]) => each === asked.range);
  const splitWords = asked.split === '' ? 'None' : inWords(asked.split);
  return (
    <div className={isNarrow ? 'question-bar brief' : 'question-bar'} role="group" aria-label="Over what">
      {isNarrow ? <Choice label="Range" value={isNamed ? asked.range : ''} shown={ranges.find(([each]) => each === asked.range)?.[1] ?? rangeBrief(asked.range)} options={[...(isNamed ? [] : [['', 'The dates chosen'] as const]), ...ranges.map(([each, , words]) => [each, words] as const)]} onChange={setRange} />
        : <Segments label="Range" value={asked.range} options={ranges.map(([each, words]) => [each, words] as const)} onChange={setRange} />}
      <RangeMenu range={asked.range} isBrief={isNarrow} />
      {about.grains && <Choice label="By" value={asked.grain} options={grains} shown={isNarrow ? grains.find(([each]) => each === asked.grain)?.[1] ?? asked.grain : undefined} onChange={(grain) => setQuery({ grain: grain === 'week' ? undefined : grain })} />}
      {about.splits && <Picker label={asked.split === '' ? 'Split by a property' : `Split by ${asked.split}, change`} shown={isNarrow ? <span className="event-name">{asked.split === '' ? 'Split' : splitWords}</span> : <><span className="placeholder">Split</span><span className="event-name">{splitWords}</span></>} placeholder="Search properties" options={splits} onPick={(split) => setQuery({ split: split === '' ? undefined : split })} />}
      {about.compares && <Choice label="Compare" value={asked.compare} options={comparisons.map(([each, words]) => [each, words] as const)} shown={isNarrow ? comparisons.find(([each]) => each === asked.compare)?.[2] ?? asked.compare : undefined} onChange={(compare) => setQuery({ compare: compare === 'none' ? undefined : compare })} />}
    </div>
  );
}

/** Dates chosen by hand, where there is room for a few letters: `1 Jun – 4 Jul`. */
function rangeBrief(range: string): string {
  const custom = customRange(range);
  return custom ? custom.map((each) => day(each).replace(/ \d{4}$/, '')).join(' – ') : range;
}
