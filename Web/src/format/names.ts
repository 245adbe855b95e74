/** The name of a column or a dimension in words: `first_plan` → `first plan`. */
export const inWords = (name: string): string => name.replace(/_/g, ' ');
