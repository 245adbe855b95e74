import type { Catalogue, Finding } from '../../api/types';

/** A line of the catalogue: a KPI or a metric. */
export interface Entry {
  key: string; kind: 'KPI' | 'Metric'; id: string; href: string; title: string; is: string; owner: string; unit: string; health: string;
  usedBy: { id: string; title: string }[]; serves: string | undefined; findings: Finding[]; formula: string;
}
export interface Filters { text: string; kind: string; owner: string; health: string }

export const nobody = 'nobody';

export function entries(catalogue: Catalogue): Entry[] {
  const metrics = new Map(catalogue.metrics.map((metric) => [metric.id, metric]));
  const kpis = new Map(catalogue.kpis.map((kpi) => [kpi.id, kpi.title]));
  return [
    ...catalogue.kpis.map((kpi): Entry => {
      const metric = metrics.get(kpi.metric);
      const findings = kpi.findings ?? [];
      return {
        key: `kpi/${kpi.id}`, kind: 'KPI', id: kpi.id, href: `/kpi/${encodeURIComponent(kpi.id)}`, title: kpi.title, is: metric?.is ?? '',
        owner: kpi.owner ?? nobody, unit: unitWords(metric?.unit ?? '', metric?.currency), health: kpi.health ?? healthOf(findings, metric?.health), usedBy: [], serves: catalogue.objectives.find((objective) => objective.id === kpi.objective)?.title,
        findings, formula: metric?.formula ?? '',
      };
    }),
    ...catalogue.metrics.map((metric): Entry => ({
      key: `metric/${metric.id}`, kind: 'Metric', id: metric.id, href: `/metric/${encodeURIComponent(metric.id)}`, title: metric.title, is: metric.is ?? '',
      owner: metric.owner ?? nobody, unit: unitWords(metric.unit, metric.currency), health: metric.health, findings: metric.findings, formula: metric.formula, serves: undefined,
      usedBy: metric.usedBy.map((id) => ({ id, title: kpis.get(id) ?? id })),
    })),
  ];
}

function healthOf(findings: Finding[], otherwise: string | undefined): string {
  if (findings.some((finding) => finding.severity === 'error')) return 'error';
  return findings.length > 0 ? 'warning' : otherwise ?? 'good';
}

const unitWords = (unit: string, currency?: string | null): string => (unit === 'money' && currency ? `money, ${currency}` : unit);

export function chosen(all: Entry[], filters: Filters): Entry[] {
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((entry) => {
    const text = `${entry.title} ${entry.id} ${entry.is} ${entry.owner} ${entry.formula}`.toLowerCase();
    return words.every((word) => text.includes(word))
      && (filters.kind === '' || entry.kind === filters.kind) && (filters.owner === '' || entry.owner === filters.owner) && (filters.health === '' || entry.health === filters.health);
  });
}

export const owners = (all: Entry[]): string[] => [...new Set(all.map((entry) => entry.owner))].sort();
