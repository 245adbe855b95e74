/** What the API answers to questions about behaviour. Shares are 0..1, times ISO, durations seconds. */
import type { Receipt } from './types';

/** A share with its Wilson interval of 95 %; no value where nobody could. */
export interface Share { value: number | null; low: number | null; high: number | null; numerator?: number; denominator?: number }
export interface Quantiles { median: number | null; p10?: number | null; p25?: number | null; p75?: number | null; p90?: number | null }
interface Answered { title: string; notes?: string[]; receipt?: Receipt | null }

export interface FunnelStep {
  step: number; label: string; optional: boolean; count: number; conversion: Share; from_previous?: Share; dropped?: number;
  seconds_from_first?: Quantiles; seconds_from_previous?: Quantiles;
}
export interface FunnelPeriod { period: string; label: string; counts: number[]; conversion: Share; censored: boolean }
export interface PartDifference { value: number; low: number; high: number; p: number; p_corrected: number; beyond_noise: boolean }
export interface FunnelPart { value: string | null; kind: string; counts: number[]; conversion: Share; steps?: FunnelStep[]; difference: PartDifference | null }
export interface ChangeOfShare { value: number; low: number | null; high: number | null; within_noise: boolean | null }
export interface FunnelComparison { range: string; counts: number[]; conversion: number | null; change: ChangeOfShare | null }
export interface FunnelAnswer extends Answered {
  funnel: string; range: string | null; entries: number; converted: number; conversion: Share; steps: FunnelStep[]; biggest_drop: string | null;
  rules?: { counting: string; definition: string; within_seconds: number | null }; trend?: FunnelPeriod[]; dimension?: string; parts?: FunnelPart[]; comparison?: FunnelComparison;
}

export interface RetentionCell { age: string; count: number; value: number | null; low: number | null; high: number | null; complete: boolean; sum?: number }
export interface RetentionCohort { period: string; label: string; size: number; cells: RetentionCell[] }
export interface RetentionAverage { age: string; count?: number; of?: number; value?: number | null; low?: number | null; high?: number | null; pooled: number | null; simple: number | null; mixpanel: number | null }
/** A value of a breakdown; `kind` tells the rows without a value and all others together. */
interface Part { value: string | null; kind: string }
export interface RetentionPart extends Part { size: number; averages: { age: string; share: Share; difference: PartDifference | null }[] }
/** An average of the range before, and how far the one of now is from it. */
export interface RetentionBefore { age: string; value: number | null; change: ChangeOfShare | null }
export interface RetentionAnswer extends Answered {
  retention: string; definition: string; range: string; age: string; mode: string; criterion: string; average: string; cohorts: RetentionCohort[]; averages?: RetentionAverage[];
  dimension?: string; parts?: RetentionPart[]; comparison?: { range: string; averages: RetentionBefore[] };
}

interface Span { label: string; start: string; end: string; complete: boolean }
export interface LifecyclePeriod extends Span { new: number; current: number; resurrected: number; dormant: number; active: number; pulse: number | null }
export interface LifecycleAnswer extends Answered { lifecycle: string; entity: string; grain: string; periods: LifecyclePeriod[]; dimension?: string; parts?: (Part & { periods: LifecyclePeriod[] })[] }

export interface ActivityDay { day: string; complete?: boolean; dau: number; wau: number; mau: number; stickiness: Share }
export interface ActivityAnswer extends Answered { activity: string; entity: string; days: ActivityDay[]; frequency: { days: number; people: number }[]; dimension?: string; parts?: (Part & { days: ActivityDay[] })[] }

export interface AdoptionPeriod extends Span {
  eligible: number; users: number; breadth: Share; uses: number; depth: number | null; days_per_user: number | null; new_adopters: number; retained: Share;
}
export interface AdoptionAnswer extends Answered {
  adoption: string; entity: string; grain: string; periods: AdoptionPeriod[];
  time_to_adopt: { adopters: number; of: number; median_seconds: number | null; distribution: { label: string; people: number }[] } | null;
  dimension?: string; parts?: (Part & { periods: AdoptionPeriod[] })[];
}

export interface PathLink { position: number; from: string; to: string; count: number }
export interface Way { events: string[]; count: number; share: Share; before?: number | null; change?: ChangeOfShare | null }
/** The ways of a value of a dimension, by the first event of the visit. */
export interface PathsPart { value: string | null; kind?: string; total: number; top: Way[] }
export interface PathsAnswer extends Answered {
  paths: string; entity: string; counting: string; total: number; steps: { position: number; nodes: { event: string; count: number }[] }[];
  links: PathLink[]; ended: number[]; top: Way[]; anchor?: string;
  dimension?: string; by?: string; parts?: PathsPart[]; previous?: { range?: string; total: number; top: Way[] };
}

export interface CampaignRow {
  source: string | null; medium: string | null; campaign: string | null; visits: number; people: number; click_through: Share | null;
  conversions: number; conversion: Share; differs: 'above' | 'below' | null; value: number | null; cost: number | null; cost_per_conversion: number | null;
  /** The value of the dimension, where the report is split; the same campaign in the range before, where it is compared. */
  part?: string | null; before?: CampaignRow | null; change?: ChangeOfShare | null;
}
export interface CampaignsAnswer extends Answered { campaigns: string; entity: string; total: CampaignRow; rows: CampaignRow[]; by?: string | null; previous?: { range?: string; total: CampaignRow; rows?: CampaignRow[] } }

/** Who is in a segment, of all who did anything. */
export interface SegmentAnswer extends Answered { segment: string; is?: string | null; entity: string; members: number; of: number; share: Share }

export interface PersonEntry { id: string; ids: string[]; first_seen: string; last_seen: string; events: number }
export interface PeopleList { people: PersonEntry[]; total: number }
export interface PersonEvent { time: string; event: string | null; kind: string | null; path: string | null; country: string | null; properties: Record<string, unknown> }
export interface Person extends PersonEntry { traits: Record<string, unknown> | null; timeline: PersonEvent[]; next: string | null }

/** Who is behind a step or a cell. */
export interface PeopleBehind { entity: string; people: { id: string | null; entered?: string | null; began?: string | null; first?: string | null; last?: string | null; times: number | null }[]; total: number }

/** What the door knows of the events of a source. */
export interface KnownProperty {
  name: string; type: string | null; types?: string[]; count: number; example: string | number | boolean | null; is: string | null;
  status: string; declared: boolean;
}
export interface KnownEvent { name: string; kind?: string; is: string | null; count: number; first: string | null; last: string | null; status: string; properties: KnownProperty[] }
export interface Inventory { source: string; events: KnownEvent[]; planned: boolean }
export interface PropertyValues { values: { value: string | null; count: number }[] }
