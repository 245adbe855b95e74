import { eventWords } from '../../../charts/sankey/option';

/** A way as events that follow each other. */
export const WayList = ({ events }: { events: readonly string[] }): JSX.Element => <ol className="way">{events.map((event, index) => <li key={index}>{eventWords(event)}</li>)}</ol>;
