import { useMemo } from 'react';
import type { Intake } from '../../api/intake';
import { useSession } from '../../api/session';
import type { BarsChart } from '../../charts/bars/option';
import { Chart } from '../../charts/Chart';
import { moment } from '../../format/dates';
import { decimal, integer } from '../../format/numbers';
import { CsvButton } from '../../parts/CsvButton';
import { Figure, PanelCard, PanelEmpty } from '../../panels/PanelCard';

/** How much came in the last two days, what waits, and what was left out. */
export function IntakeCard({ intake, watermark }: { intake: Intake; watermark: string | null }): JSX.Element {
  const { zone } = useSession().workspace;
  const chart = useMemo((): BarsChart => ({
    kind: 'bars', title: 'Events an hour', unit: 'count', names: intake.volume.map((each) => moment(each.start, zone).slice(-5)), open: intake.volume.map((_, index) => index === intake.volume.length - 1), openWords: 'This hour still runs.',
    series: [{ name: 'Events', tone: 'accent', values: intake.volume.map((each) => each.events) }],
  }), [intake, zone]);
  const day = intake.volume.slice(-24).reduce((sum, each) => sum + each.events, 0);
  return (
    <PanelCard kind="intake" title="What comes in" about="Events an hour, the last 48 hours" notes={[]} tools={<CsvButton name={`${intake.source}-volume`} head={['hour', 'events']} rows={() => intake.volume.map((each) => [each.start, each.events])} />}
      table={<table className="data"><caption className="sr">Events an hour</caption><thead><tr><th scope="col">Hour</th><th scope="col">Events</th></tr></thead><tbody>{[...intake.volume].reverse().map((each) => <tr key={each.start}><th scope="row">{moment(each.start, zone)}</th><td>{integer(each.events)}</td></tr>)}</tbody></table>}>
      <dl className="figures">
        <Figure label="Last received" note={watermark ? `data until ${moment(watermark, zone)}` : undefined}>{intake.last_received ? moment(intake.last_received, zone) : 'never'}</Figure>
        <Figure label="In 24 hours" note="events">{integer(day)}</Figure>
        <Figure label="Stored" note="events in all">{integer(intake.rows)}</Figure>
        <Figure label="Waiting" note="on disk, not yet in the tables">{bytes(intake.waiting_bytes)}</Figure>
        <Figure label="Sent twice" note="counted once">{integer(intake.duplicates)}</Figure>
        <Figure label="Refused" note="kept below with the reason"><span className={intake.quarantined > 0 ? 'watch' : undefined}>{integer(intake.quarantined)}</span></Figure>
      </dl>
      {intake.volume.every((each) => each.events === 0) ? <PanelEmpty>{intake.rows > 0 ? 'Nothing came in the last two days.' : 'Nothing came in yet. What is sent is here within a second or two.'}</PanelEmpty> : <Chart spec={chart} height={170} />}
    </PanelCard>
  );
}

/** `0 B`, `12 KB`, `3.4 MB`. */
function bytes(count: number): string {
  const [size, word] = count >= 1e6 ? [count / 1e6, 'MB'] : count >= 1e3 ? [count / 1e3, 'KB'] : [count, 'B'];
  return `${decimal(size, size < 10 && word !== 'B' ? 1 : 0)}\u00A0${word}`;
}
