/** A bar the height of a line of text; with an interval, a point with whiskers over a soft bar. */
export function Bar({ value, low, high, most }: { value: number | null; low: number | null; high: number | null; most: number }): JSX.Element {
  const at = (number: number): string => `${most > 0 ? Math.min(100, Math.max(0, (number / most) * 100)) : 0}%`;
  return (
    <svg className="bar" width="100%" height="14" aria-hidden="true">
      <rect className="bar-track" x="0" y="4" width="100%" height="6" rx="3" />
      {low === null || high === null ? <rect className="bar-fill" x="0" y="4" width={at(value ?? 0)} height="6" rx="3" /> : (
        <>
          <rect className="bar-fill soft" x="0" y="4" width={at(value ?? 0)} height="6" rx="3" />
          <line className="bar-whisker" x1={at(low)} x2={at(high)} y1="7" y2="7" />
          <circle className="bar-dot" cx={at(value ?? 0)} cy="7" r="4" />
        </>
      )}
    </svg>
  );
}
