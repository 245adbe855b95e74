/** The mark: a yardstick's scale, its lines growing. */
export const Mark = ({ size = 26 }: { size?: number }): JSX.Element => (
  <svg className="mark" width={size} height={size} viewBox="0 0 26 26" aria-hidden="true">
    <rect width="26" height="26" rx="7" className="mark-ground" />
    <path d="M5.2 19h15.6M7.2 19v-3.6M11.1 19v-6.6M15 19v-3.6M18.9 19V7.2" className="mark-lines" />
  </svg>
);
