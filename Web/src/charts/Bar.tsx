/** A bar the height of a line of text, from zero; with an interval, a point with whiskers over a soft bar. */
export function Bar({ value, low, high, least = 0, most }: { value: number | null; low: number | null; high: number | null; least?: number; most: number }): JSX.Element {
  const place = (number: number): number => (most > least ? Math.min(100, Math.max(0, ((number - least) / (most - least)) * 100)) : 0);
  const at = (number: number): string => `${place(number)}%`;
  const [zero, end] = [place(0), place(value ?? 0)];
  const hasInterval = low !== null && high !== null;
  return (
    <svg className="bar" width="100%" height="14" aria-hidden="true">
      <rect className="bar-track" x="0" y="4" width="100%" height="6" rx="3" />
      <rect className={hasInterval ? 'bar-fill soft' : 'bar-fill'} x={`${Math.min(zero, end)}%`} y="4" width={`${Math.abs(end - zero)}%`} height="6" rx="3" />
      {least < 0 && <line className="bar-zero" x1={at(0)} x2={at(0)} y1="0" y2="14" />}
      {hasInterval && (
        <>
          <line className="bar-whisker" x1={at(low)} x2={at(high)} y1="7" y2="7" />
          <circle className="bar-dot" cx={at(value ?? 0)} cy="7" r="4" />
        </>
      )}
    </svg>
  );
}
