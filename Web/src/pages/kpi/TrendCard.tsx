import { useState } from 'react';
import type { TrendSpec } from '../../api/types';
import { useRequest } from '../../api/useRequest';
import { Chart } from '../../charts/Chart';
import { TrendLegend } from '../../charts/TrendLegend';
import { TrendTable } from '../../charts/TrendTable';
import { day } from '../../format/dates';
import { Card } from '../../parts/Card';
import { Icon } from '../../parts/Icon';
import { NoteList } from '../../parts/NoteList';
import { Choice, Segments } from '../../parts/Segments';
import { TableBox } from '../../parts/TableBox';
import { TableButton } from '../../parts/TableButton';
import { EmptyState, FailureNote } from '../../parts/Waiting';
import { Link, setQuery } from '../../routing/location';
import { RangeMenu } from './RangeMenu';
import { hasNoTime } from './whole';
import { comparisons, customRange, grains, ranges, standardRange, trendPath, type View } from './state';

const height = 330;

/** The trend with its target path; grain, range and comparison are in the address. */
export function TrendCard({ view, hasTime = true }: { view: View; hasTime?: boolean | undefined }): JSX.Element {
  const [isTable, setTable] = useState(false);
  const trend = useRequest<TrendSpec>(hasTime ? trendPath(view) : undefined);
  const isTimeless = !hasTime || hasNoTime(trend.failure);
  const spec = trend.data;
  const switchGrain = (grain: string): void => setQuery({ grain, range: customRange(view.range) ? view.range : standardRange(grain) });
  return (
    <Card className="trend" title="Trend" about={isTimeless ? 'All rows at once' : spec ? aboutTrend(spec) : ' '}
      tools={isTimeless ? undefined : (
        <>
          <Segments label="Range" value={view.range} options={ranges(view.grain)} onChange={(range) => setQuery({ range })} />
          <RangeMenu range={view.range} />
          <Choice label="Grain" value={view.grain} options={grains} onChange={switchGrain} />
          <Choice label="Compare" value={view.compare} options={comparisons} onChange={(compare) => setQuery({ compare: compare === 'none' ? undefined : compare })} />
          <TableButton isTable={isTable} onClick={() => setTable(!isTable)} />
        </>
      )}>
      <div className={trend.isLoading && spec ? 'is-refreshing' : undefined}>
        {isTimeless ? <NoTime />
          : trend.failure ? <FailureNote failure={trend.failure} again={trend.reload} />
          : !spec ? <div className="chart-waiting" style={{ height }} role="status" aria-label="Loading" />
            : hasValues(spec) ? <TrendBody spec={spec} isTable={isTable} /> : <NoValues />}
      </div>
    </Card>
  );
}

function TrendBody({ spec, isTable }: { spec: TrendSpec; isTable: boolean }): JSX.Element {
  if (isTable) return <TableBox label={`${spec.title}, data`} style={{ maxHeight: height + 60 }}><TrendTable spec={spec} /></TableBox>;
  return (
    <>
      <TrendLegend spec={spec} />
      <Chart spec={spec} height={height} />
      {spec.annotations.length > 0 && <AnnotationList spec={spec} />}
      <NoteList notes={spec.notes.map((note) => note.message)} />
    </>
  );
}

function AnnotationList({ spec }: { spec: TrendSpec }): JSX.Element {
  const sorted = [...spec.annotations].sort((a, b) => a.at.localeCompare(b.at));
  return <ol className="annotations">{sorted.map((note) => <li key={note.at + note.label} title={note.detail ?? undefined}><b>{note.label}</b> <span>{day(note.at)}</span></li>)}</ol>;
}

const hasValues = (spec: TrendSpec): boolean => spec.series.some((series) => series.points.some((point) => point.value !== null));

const aboutTrend = (spec: TrendSpec): string => `By ${spec.grain}, ${spec.zone} time`;

/** Rows that do not say when they happened make one number, and it stands above. */
function NoTime(): JSX.Element {
  return (
    <EmptyState icon="chart-line" title="No trend, for its rows have no time">
      The number above is of all rows. If one of their columns says when they happened, name it in the source: <code>time: COLUMN</code>.
    </EmptyState>
  );
}

function NoValues(): JSX.Element {
  return (
    <EmptyState icon="chart-line" title="No data in this range" action={<Link className="button" href="/data"><Icon name="database" size={15} />Look at the data</Link>}>
      Choose a longer range, or import the data that this metric reads.
    </EmptyState>
  );
}
