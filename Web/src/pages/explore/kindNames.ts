/** The questions of the Explore page and their titles; apart from what else is known of them, since every page names them. */
export const kindTitles = {
  funnel: 'Funnel', retention: 'Retention', paths: 'Paths', lifecycle: 'Lifecycle', activity: 'Active people', adoption: 'Adoption', segment: 'Segment', people: 'People', campaigns: 'Campaigns', metrics: 'Metrics',
} as const;

export type Kind = keyof typeof kindTitles;
export const kindNames = Object.keys(kindTitles) as Kind[];
export const isKind = (text: string | undefined): text is Kind => text !== undefined && text in kindTitles;
