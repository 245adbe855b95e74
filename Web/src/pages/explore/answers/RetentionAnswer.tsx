import { useMemo, useState } from 'react';
import type { RetentionAnswer as Answer, RetentionAverage, RetentionBefore, RetentionCell } from '../../../api/behaviour';
import type { LinesChart } from '../../../charts/lines/option';
import { Chart } from '../../../charts/Chart';
import { agesTitle } from '../../../format/ages';
import { rangeText } from '../../../format/dates';
import { change as changeText, integer, interval, share, value } from '../../../format/numbers';
import { strength } from '../../../panels/cohorts';
import { CohortFoot, CohortTable, type TableCell, type TableRow } from '../../../panels/CohortTable';
import { heat } from '../../../panels/heat';
import { PanelCard } from '../../../panels/PanelCard';
import { CsvButton } from '../../../parts/CsvButton';
import { FitTable, type TableColumn } from '../../../parts/FitTable';
import { Segments } from '../../../parts/Segments';
import { useNarrow } from '../../../parts/useNarrow';
import { useTokens } from '../../../shell/theme';
import { Notes, partName } from './Answered';
import { shortLabel } from './labels';
import { Moved } from './Difference';
import { Nothing } from './Nothing';
import { RetentionParts } from './PartTables';
import { showPeople } from './people';

const modes = [['share', 'Share'], ['count', 'People']] as const;
const worth = [['sum', 'Amount']] as const;
const averageWords: Record<string, string> = { pooled: 'pooled', simple: 'mean of the cohorts', mixpanel: 'weighted as Mixpanel does' };

/** Who comes back: a triangle of cohorts and ages, and the same as curves. */
export function RetentionAnswer({ answer }: { answer: Answer }): JSX.Element {
  const tokens = useTokens(), isNarrow = useNarrow();
  const [mode, setMode] = useState('share');
  const [told, tell] = useState<string>();
  const all = answer.cohorts[0]?.cells.map((cell) => cell.age) ?? answer.averages?.map((each) => each.age) ?? [];
  const starts = answer.cohorts.filter((cohort) => cohort.size > 0);
  // Ages that nobody can have reached yet would be empty columns.
  const ages = all.slice(0, 1 + Math.max(1, ...starts.flatMap((cohort) => cohort.cells.map((each, index) => (each.complete || each.count > 0 ? index : 0)))));
  const later = starts.flatMap((cohort) => cohort.cells.slice(1)).flatMap((cell) => (cell.value === null || cell.count === 0 ? [] : [cell.value]));
  const most = Math.max(0, ...later) || 1;
  const text = (number: number | null, count: number | undefined): string => (mode === 'count' ? integer(count) : number !== null && isNarrow ? String(Math.round(number * 100)) : value(number, share).replace(/[\u202F\u00A0]%$/, '%'));
  const named = (age: string): string => (/^\d+$/.test(age) ? `${answer.age} ${age}` : `${answer.age}s ${age}`);
  const cell = (each: RetentionCell, index: number, label: string, size: number, period: string): TableCell | undefined => {
    // A cell whose time has not begun has nobody in it and says nothing.
    if (!each.complete && each.count === 0 && index > 0) return undefined;
    const bounds = interval(each.low, each.high, share);
    return {
      age: index, text: mode === 'sum' && each.sum !== undefined ? value(each.sum, { unit: 'number' }, 'axis') : text(each.value, each.count), colours: each.complete ? heat(strength(each.value, most), tokens) : undefined,
      detail: [`${label}, ${named(each.age)}: ${value(each.value, share)}`, bounds && `95 % interval ${bounds}`, `${integer(each.count)} of ${integer(size)}`, each.sum !== undefined && `worth ${value(each.sum, { unit: 'number' })}`, !each.complete && 'not complete yet'].filter(Boolean).join('; '),
      onOpen: () => showPeople({ cohort: period, age: each.age }, `${label}, back in ${named(each.age)}`),
    };
  };
  const hasWorth = starts.some((cohort) => cohort.cells.some((each) => each.sum !== undefined));
  const rows: TableRow[] = starts.map((cohort) => ({ key: cohort.period, name: shortLabel(cohort.label), size: cohort.size, cells: cohort.cells.flatMap((each, index) => cell(each, index, cohort.label, cohort.size, cohort.period) ?? []) }));
  const averages = answer.averages ?? [];
  const average = (each: RetentionAverage): number | null => each[answer.average as 'pooled'] ?? null;
  const pooled: TableRow = {
    key: 'average', name: 'Average', isPooled: true, foot: averages.some((each) => (each.of ?? 0) > 0) ? { name: 'of', cells: averages.map((each, index) => ({ age: index, text: each.of ? integer(each.of) : '' })) } : undefined,
    cells: averages.flatMap((each, index) => (average(each) === null ? [] : [{ age: index, text: mode === 'sum' ? '' : mode === 'count' ? integer(each.count) : text(average(each), each.count), colours: heat(strength(average(each), most), tokens), detail: averageDetail(each, named(each.age), answer.average) }])),
  };
  const curves = useMemo(() => curvesOf(answer, ages), [answer]);
  if (starts.length === 0) return <Nothing kind="cohorts" title="Retention">Nobody started in this range. Choose a longer one, or another start.</Nothing>;
  return (
    <>
      <PanelCard kind="cohorts" title={answer.retention === 'explored' ? 'Retention' : answer.title} about={`A row for each ${answer.age} of the start, a column for each ${answer.age} since; the average is ${averageWords[answer.average] ?? answer.average}`} notes={[]}
        tools={<><Segments label="Show" value={mode} options={hasWorth ? [...modes, ...worth] : modes} onChange={setMode} /><CsvButton name={answer.retention} head={['cohort', 'size', 'age', 'count', 'share', 'low', 'high', 'complete']} rows={() => starts.flatMap((cohort) => cohort.cells.map((each) => [cohort.period, cohort.size, each.age, each.count, each.value, each.low, each.high, each.complete]))} /></>}>
        <CohortTable label="Retention" caption={`The share of each cohort that came back, by ${answer.age}`} sizes="Size" ages={{ unit: answer.age, all: ages.map((_, index) => index) }} ageName={(index) => ages[index] ?? ''}
          rows={[...(pooled.cells.length > 0 ? [pooled] : []), ...rows]} ageTitle={(index) => named(ages[index] ?? '')} tell={tell} />
        <CohortFoot told={told ?? 'Point at a cell, or move with the arrow keys, to read its interval. Enter shows the people.'}><p className="fine"><span className="heat open sample" aria-hidden="true" /> hatched: not complete, and in no average</p></CohortFoot>
        <Notes notes={answer.notes} />
      </PanelCard>
      <PanelCard kind="retention-curve" title="How many stay" about={answer.parts ? `The average by ${answer.dimension ?? 'part'}` : 'The average with its 95 % interval, and each cohort behind it'} notes={[]} table={<AverageTable answer={answer} named={named} />}>
        <Chart spec={curves} height={260} />
        {answer.comparison && <Compared answer={answer} named={named} />}
      </PanelCard>
      {answer.parts && answer.parts.length > 0 && <RetentionParts answer={answer} />}
    </>
  );
}

function averageDetail(each: RetentionAverage, age: string, kind: string): string {
  const bounds = kind === 'pooled' ? interval(each.low, each.high, share) : undefined;
  return [`Average, ${age}: ${value(each[kind as 'pooled'], share)}`, bounds && `95 % interval ${bounds}`, each.of !== undefined && `${integer(each.count)} of ${integer(each.of)} in complete cells`].filter(Boolean).join('; ');
}

/** With which range it is compared, and at which ages more than noise lies between them. */
function Compared({ answer, named }: { answer: Answer; named: (age: string) => string }): JSX.Element | null {
  const { comparison } = answer;
  if (!comparison) return null;
  const changes = comparison.averages.filter((each) => each.change !== null && each.age !== '0');
  if (changes.length === 0) return <p className="fine compared">Nobody started in {rangeText(comparison.range)}, with which this would be compared.</p>;
  const beyond = changes.filter((each) => each.change!.within_noise === false).sort((a, b) => Math.abs(b.change!.value) - Math.abs(a.change!.value));
  return (
    <p className="fine compared">{!answer.parts && <span className="key comparison" />}<span>{answer.parts ? 'All together beside' : 'dashed:'} {rangeText(comparison.range)}
      {beyond.length === 0 ? ' · no age differs beyond noise' : <> · beyond noise: {beyond.slice(0, 3).map((each, index) => <span key={each.age}>{index > 0 && ', '}{named(each.age)} <b>{changeText(each.change!.value, 'pp', share)}</b></span>)}{beyond.length > 3 && ` and ${beyond.length - 3} more`}</>}</span></p>
  );
}

/** The averages in numbers, beside those of the range before where there is one. */
function AverageTable({ answer, named }: { answer: Answer; named: (age: string) => string }): JSX.Element {
  const { comparison } = answer;
  const before = (each: RetentionAverage): RetentionBefore | undefined => comparison?.averages.find((other) => other.age === each.age);
  const columns: TableColumn<RetentionAverage>[] = [
    { head: 'Came back', cell: (each) => integer(each.count) }, { head: 'Of', narrow: 'beside', cell: (each) => integer(each.of) },
    { head: 'Average', narrow: 'beside', cell: (each) => <b>{value(each[answer.average as 'pooled'], share)}</b> },
    { head: '95 % interval', cell: (each) => (answer.average === 'pooled' ? interval(each.low, each.high, share) ?? '–' : '–') },
    ...(comparison ? [{ head: 'Before', cell: (each: RetentionAverage) => value(before(each)?.value, share) }, { head: 'Change', cell: (each: RetentionAverage) => <Moved by={before(each)?.change} /> }] : []),
  ];
  return <FitTable caption="The average of the cohorts by age" head="Age" name={(each) => named(each.age)} columns={columns} rows={(answer.averages ?? []).filter((each) => each.pooled !== null)} rowKey={(each) => each.age} />;
}

/** The curves up to the oldest age that somebody could have reached. */
function curvesOf(answer: Answer, all: string[]): LinesChart {
  const oldest = Math.max(1, ...(answer.averages ?? []).map((each, index) => (each.pooled === null ? 0 : index)));
  const ages = all.slice(0, oldest + 1);
  const cohorts = answer.cohorts.filter((cohort) => cohort.size >= 5);
  const averages = (answer.averages ?? []).slice(0, ages.length);
  const isPooled = answer.average === 'pooled';
  const head = { kind: 'lines' as const, title: `${answer.title}, average`, unit: 'share', names: ages, axis: `${agesTitle(answer.age)}s since the start`, isFromZero: true, tipTitle: (age: string) => `${agesTitle(answer.age)} ${age}` };
  if (answer.parts && answer.parts.length > 0) return { ...head, series: answer.parts.slice(0, 7).map((part) => ({ name: partName(part), values: part.averages.slice(0, ages.length).map((each) => each.share.value) })) };
  return {
    ...head,
    series: [
      ...cohorts.map((cohort) => ({ name: cohort.label, isQuiet: true, values: cohort.cells.slice(0, ages.length).map((cell) => (cell.complete ? cell.value : null)) })),
      ...(answer.comparison ? [{ name: 'Before', isDashed: true, values: ages.map((age) => answer.comparison?.averages.find((each) => each.age === age)?.value ?? null) }] : []),
      { name: 'Average', values: averages.map((each) => each[answer.average as 'pooled'] ?? null), ...(isPooled ? { low: averages.map((each) => each.low ?? null), high: averages.map((each) => each.high ?? null) } : {}) },
    ],
  };
}
