/** What the HTTP API answers. Same shapes as the component schemas of /openapi.json. */

export interface Place { file: string; line?: number; column?: number }
export interface FailureBody { code: string; message: string; hint?: string | null; place?: Place | null; setup?: boolean }

export interface Account { email: string; name: string; role: string }
export interface WorkspaceSummary { title: string; zone: string; currency: string; firstWeekday: string; today: string; version: string }
export interface Door { signedIn: boolean; setUp: boolean }
export interface Session { account: Account; csrf: string; workspace: WorkspaceSummary }

export interface Period { start: string; end: string; label: string; grain: string }
export interface Change {
  previous: number | null; value: number | null; unit: string; low: number | null; high: number | null;
  withinNoise: boolean | null; direction: string; comparedWith: string | null;
}
export interface TargetStatus { path: number | null; by: string | null; value: number | null; floor: number | null; stretch: number | null }
export interface Benchmark { value: number; source: string | null; seen: string | null }
export interface Freshness { watermark: string | null; state: string; text: string }
export interface SparklinePoint { period: string; value: number | null; complete: boolean }
export interface KPIStatus {
  kpi: string; title: string; metric: string; owner: string | null; team: string | null; objective: string | null;
  unit: string; currency: string | null; better: string; review: string | null; status: string;
  period: Period | null; value: number | null; low: number | null; high: number | null; n: number | null;
  numerator: number | null; denominator: number | null;
  change: Change | null; target: TargetStatus | null; course: string; courseText: string | null;
  benchmark: Benchmark | null; freshness: Freshness; sparkline: SparklinePoint[]; receipt: string | null;
  guardrail?: string | null; failure?: FailureBody | null;
}
export interface ObjectiveEntry { id: string; title: string; is: string | null; owner: string | null; by: string | null; kpis: string[] }
export interface Attention { kpi: string; text: string }
export interface Scorecard { asOf: string; objectives: ObjectiveEntry[]; kpis: KPIStatus[]; attention: Attention[] }

export interface Finding { code: string; severity: string; message: string; hint: string | null; place: Place | null }
export interface MetricEntry {
  id: string; title: string; is: string | null; owner: string | null; unit: string; currency: string | null; better: string;
  formula: string; kind: string; source: string | null; dependsOn: string[]; usedBy: string[]; dimensions: string[];
  file: string; hash: string; health: string; findings: Finding[];
  /** Whether the rows of its sources say when they happened; as good as true where it is not said. */
  hasTime?: boolean;
}
export interface MetricDetail extends MetricEntry { yaml: string }
export interface KPIEntry {
  id: string; title: string; metric: string; owner: string | null; objective: string | null; status: string;
  team?: string | null; review?: string | null; guardrail?: string | null; file?: string; health?: string; findings?: Finding[];
}
export interface DefinitionText { yaml: string; hash: string; file: string }
export interface KPIDetail {
  status: KPIStatus; definition: DefinitionText; metric: MetricEntry; objective: ObjectiveEntry | null;
  findings: Finding[]; guardrail?: string | null;
}
export interface Catalogue {
  metrics: MetricEntry[]; kpis: KPIEntry[]; objectives: ObjectiveEntry[];
  sources: { name: string }[]; dimensions: { name: string }[]; findings: Finding[]; behaviours?: BehaviourEntry[];
}
/** A saved question about behaviour: a funnel, a retention, and so on. */
export interface BehaviourEntry { id: string; kind: string; title: string; is: string | null; source: string | null }

export interface TrendPoint {
  period: string; label: string | null; value: number | null; low: number | null; high: number | null; n: number | null;
  numerator: number | null; denominator: number | null; complete: boolean;
}
export interface TrendSeries { name: string; role: string; part?: string | null; points: TrendPoint[] }
export interface TargetPath { points: [string, number][]; floor: number | null; stretch: number | null }
export interface Annotation { at: string; label: string; detail: string | null }
export interface Note { code: string; message: string }
export interface TrendSpec {
  kind: 'trend'; title: string; unit: string; currency: string | null; better: string; grain: string; zone: string;
  series: TrendSeries[]; target: TargetPath | null; benchmark: Benchmark | null; annotations: Annotation[];
  notes: Note[]; receipt: string | null;
}

export type Cell = string | number | boolean | null;
export interface AnswerColumn { name: string; kind: string; unit?: string | null; metric?: string | null; field?: string | null }
export interface Answer { columns: AnswerColumn[]; rows: Cell[][]; receipts: Receipt[]; notes: Note[] }
export interface SQLText { text: string; values: Cell[] }
export interface Receipt {
  id: string; metric: string; definition: string; formula: string; filters: string[]; zone: string; tzdata: string;
  range: { start: string; end: string }; watermark: string | null;
  sources: { name: string; version: string | number; rows: number | null; watermark: string | null }[];
  numerator: number | null; denominator: number | null; leftOut: { reason: string; rows: number }[] | null;
  sql: SQLText[]; value: number | null;
}
export interface Explanation { definition: DefinitionText; plan: string; sql: SQLText[]; receipt: Receipt | null }

export interface LibraryEntry {
  id: string; title: string; variant: string | null; is: string; formula: string; unit: string; better: string;
  use: string; misleads: string; guardrail: string | null; source: string | null; needs: unknown[]; yaml: string;
  family?: LibraryFamily | string | null; example?: LibraryExample | string | null; related?: string[] | null; oracle?: string | null;
  entity?: string | null; roles?: string[] | null;
}
export interface LibraryFamily { id: string; title: string }
export interface ExampleTable { role: string; is: string; columns: string[]; rows: string[][] }
export interface LibraryExample { over: string; grain: string; value: number | null; because: string; tables: ExampleTable[] }
export interface Library { entries: LibraryEntry[] }
export interface WrittenFile { file: string }

export interface SourceColumn { name: string; type: string }
export interface ImportEntry { file: string; rows: number; refused: number; at: string }
export interface QualityResult { check: string; state: string; text: string }
export interface SourceEntry {
  name: string; is: string | null; owner: string | null; rows: number; watermark: string | null; state: string;
  columns: SourceColumn[]; imports: ImportEntry[]; quality: QualityResult[]; from: string | null; takes: 'files' | 'events' | 'nothing';
}
export interface Sources { sources: SourceEntry[] }
export interface Refusal { line: number; column: string | null; reason: string; text: string }
export interface ImportedFile { file: string; state: string; rowsRead: number; rowsStored: number; rowsRefused: number; refusals: Refusal[] }
export interface ImportReport { source: string; files: ImportedFile[]; rows: number; seconds: number; version: string | number }
export interface Job { id: string; state: string; progress: number; report: ImportReport | null; failure: FailureBody | null }
export interface StartedJob { job: string }

/** What a KPI page shows below its trend. Shares are 0..1, durations seconds. */
interface PanelHead { title: string; receipt: string | null; notes: Note[] }
export interface Half { title: string; unit: string; metric?: string | null }
export interface QuotientPoint { period: string; label: string; numerator: number | null; denominator: number | null; value: number | null; complete: boolean }
/** A panel that could not be made; its notes say why. */
export interface RefusedPanel extends PanelHead { kind: 'refused'; panel: string }
export interface QuotientPanel extends PanelHead { kind: 'quotient'; numerator: Half; denominator: Half; points: QuotientPoint[] }
export interface CustomerBridge { opening: number; new: number; reactivated: number; lost: number; closing: number }
/** Contraction and churn are negative; opening and all movements add up to closing. */
export interface BridgePeriod {
  period: string; label: string; complete: boolean; opening: number; new: number; reactivation: number; expansion: number; contraction: number;
  churn: number; exchange: number; closing: number; customers: CustomerBridge | null;
}
export interface BridgePanel extends PanelHead { kind: 'bridge'; unit: string; currency: string | null; grain: string; method: string; periods: BridgePeriod[]; source?: string; filters?: string[] }
/** Of people, `value` is the share who came back; of revenue it is money, `share` what that is of the first period's (`of`), `until` the last day that counts. */
export interface CohortCell { age: number; count: number | null; value: number | null; low?: number | null; high?: number | null; complete: boolean; share?: number | null; of?: number | null; until?: string }
export interface Cohort { period: string; label: string; range?: string; size: number; cells: CohortCell[] }
export interface PooledCell { age: number; value: number | null; low?: number | null; high?: number | null; count: number | null; of: number | null; share?: number | null; size?: number }
/** The revenue at the end of the last complete period, and what of it customers pay who began before the first row. */
export interface CohortClosing { period: string; label: string; value: number; earlier: number }
export interface CohortsPanel extends PanelHead {
  kind: 'cohorts'; ages: string; unit: string; currency?: string | null; grain?: string; cohorts: Cohort[]; pooled: PooledCell[]; closing?: CohortClosing | null; source?: string; filters?: string[];
}
export interface SurvivalPoint { time: number; value: number; low: number | null; high: number | null; atRisk: number }
/** What a model expects to be left after a renewal. */
export interface ProjectedPoint { time: number; value: number; low: number | null; high: number | null }
export interface RenewalModel {
  family: string; customers: number; logLikelihood: number; meanChurnProbability: number; median: number | null;
  parameters: { name: string; value: number; error: number | null }[]; projected: ProjectedPoint[];
}
/** `model` is null where the model does not fit; it is left out where none is asked for. */
export interface SurvivalCurve { name: string; customers: number; events: number; median: number | null; points: SurvivalPoint[]; model?: RenewalModel | null }
export interface ChiSquare { chiSquare: number; degrees: number; p: number }
export interface SurvivalPanel extends PanelHead { kind: 'survival'; ages: string; model?: string | null; curves: SurvivalCurve[]; logRank: ChiSquare | null }
export interface Verbatim { at: string | null; score: number | null; text: string | null }
export interface OpinionPanel extends PanelHead {
  kind: 'opinion'; scale: string; value: number | null; low: number | null; high: number | null; n: number;
  groups: { name: string; count: number; share: number }[]; scores: { score: number; count: number; group: string }[];
  verbatims: Verbatim[]; asked: number | null; responseRate: number | null;
}
export interface LifetimePanel extends PanelHead {
  kind: 'lifetime'; model: string; customers: number; parameters: { name: string; value: number; error: number | null }[]; logLikelihood: number | null;
  aliveShare: number | null; expectedPurchases: number | null; horizon: string | number | null;
  distribution: { from: number; to: number; customers: number }[]; check: { repeats: number; actual: number; expected: number; orMore?: boolean }[];
  /** What the number reads of the model: `clv`, `purchases` or `alive`. */
  reading?: string;
  fit: ChiSquare | null; warnings: string[];
}
export interface ScatterPoint { at: string; value: number; label: string | null; part: string | null }
export interface ScatterPanel extends PanelHead { kind: 'scatter'; unit: string; points: ScatterPoint[]; percentiles: { rank: number; value: number | null }[]; total: number; shown: number }
export interface SplitRow {
  name: string | null; part: string; value: number | null; low: number | null; high: number | null; n: number | null; numerator: number | null; denominator: number | null;
}
export interface SplitPanel extends PanelHead { kind: 'split'; dimension: string; dimensions?: string[]; unit: string; currency?: string | null; range?: string; rows: SplitRow[] }
export type Panel = RefusedPanel | QuotientPanel | BridgePanel | CohortsPanel | SurvivalPanel | OpinionPanel | LifetimePanel | ScatterPanel | SplitPanel;
export interface Panels { panels: Panel[] }

/** The rows behind a number. */
export interface RowsAnswer { source: string | null; columns: SourceColumn[]; rows: Cell[][]; total: number; filters: string[] }

export interface Proposal { entry: string; why: string; role: string }
export interface Proposals { proposals: Proposal[]; warnings: string[] }
