import type { DefinitionText, KPIStatus, MetricEntry, ObjectiveEntry } from '../../api/types';
import { day } from '../../format/dates';
import { Card } from '../../parts/Card';
import { CopyButton } from '../../parts/CopyButton';
import { Link } from '../../routing/location';
import { Yaml } from './Yaml';

/** What the number means, who answers for it, and the file that says so. */
export function DefinitionCard({ definition, metric, status, objective, guardrail }: {
  definition: DefinitionText; metric: MetricEntry; status: KPIStatus | undefined; objective: ObjectiveEntry | null; guardrail: string | null | undefined;
}): JSX.Element {
  const link = (id: string): JSX.Element => <Link href={`/metric/${encodeURIComponent(id)}`}>{id}</Link>;
  return (
    <Card className="definition" title="Definition" about={definition.file} tools={<CopyButton text={definition.yaml} of="definition" />}>
      <dl className="pairs">
        {metric.is && <><dt>Is</dt><dd>{metric.is}</dd></>}
        <dt>Formula</dt><dd className="mono">{metric.formula}</dd>
        {status && <><dt>Metric</dt><dd>{link(status.metric)}</dd></>}
        {metric.dependsOn.length > 0 && <><dt>Built on</dt><dd>{metric.dependsOn.map((id, index) => <span key={id}>{index > 0 && ', '}{link(id)}</span>)}</dd></>}
        <dt>Owner</dt><dd>{status?.owner ?? metric.owner ?? 'nobody yet'}</dd>
        {objective && <><dt>Objective</dt><dd>{objective.title}{objective.by && <>, by {day(objective.by)}</>}</dd></>}
        {guardrail && <><dt>Guardrail</dt><dd>{link(guardrail)}</dd></>}
        {status?.benchmark && <><dt>Benchmark</dt><dd>{status.benchmark.source}{status.benchmark.seen && <>, seen {day(status.benchmark.seen)}</>}</dd></>}
        <dt>Version</dt><dd className="mono" title={definition.hash}>{definition.hash.slice(0, 12)}</dd>
      </dl>
      <Yaml text={definition.yaml} />
    </Card>
  );
}
