import { Fragment, useState } from 'react';
import type { Inventory, KnownEvent, KnownProperty } from '../../api/behaviour';
import { useSession } from '../../api/session';
import { moment } from '../../format/dates';
import { integer, plural } from '../../format/numbers';
import { PanelEmpty } from '../../panels/PanelCard';
import { Card } from '../../parts/Card';
import { CsvButton } from '../../parts/CsvButton';
import { Icon } from '../../parts/Icon';
import { Segments } from '../../parts/Segments';
import { Status } from '../../parts/Status';
import { TableBox } from '../../parts/TableBox';
import { useNarrow } from '../../parts/useNarrow';
import { SearchField } from '../catalogue/SearchField';

const filters = [['', 'All'], ['wrong', 'Not as planned']] as const;
const isOff = (event: KnownEvent): boolean => event.status !== 'planned' || event.properties.some((property) => property.status !== 'planned');

/** Every event that came or should: how many, since when, with which properties, and whether they are as planned. */
export function InventoryCard({ inventory }: { inventory: Inventory }): JSX.Element {
  const [text, setText] = useState('');
  const [filter, setFilter] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = inventory.events.filter((event) => (filter === '' || isOff(event)) && (wanted === '' || event.name.toLowerCase().includes(wanted) || event.properties.some((property) => property.name.toLowerCase().includes(wanted))));
  const off = inventory.events.filter(isOff).length;
  return (
    <Card className="inventory" title="Events" about={inventory.planned ? `${plural(inventory.events.length, 'event')}, ${off === 0 ? 'all as planned' : `${integer(off)} not as planned`}` : `${plural(inventory.events.length, 'event')}; there is no tracking plan, so whatever comes is taken`}
      tools={<>{inventory.planned && <Segments label="Show" value={filter} options={filters} onChange={setFilter} />}<CsvButton name={`${inventory.source}-events`} head={['event', 'property', 'type', 'count', 'first', 'last', 'status', 'example']} rows={() => inventory.events.flatMap((event) => [[event.name, null, null, event.count, event.first, event.last, event.status, null], ...event.properties.map((property) => [event.name, property.name, property.type, property.count, null, null, property.status, property.example])])} /></>}>
      {inventory.events.length === 0 ? <PanelEmpty>No event came yet.</PanelEmpty> : (
        <>
          {inventory.events.length > 8 && <div className="inventory-search"><SearchField label="Search events and properties" value={text} onChange={setText} /></div>}
          <TableBox label="Events, data">
            <table className={inventory.planned ? 'data inventory-table planned' : 'data inventory-table'}>
              <caption className="sr">Events of {inventory.source}</caption>
              <thead><tr><th scope="col">Event</th><th scope="col">Count</th><th scope="col" className="minor">Properties</th><th scope="col" className="minor">First seen</th><th scope="col" className={inventory.planned ? 'minor' : undefined}>Last seen</th>{inventory.planned && <th scope="col">Plan</th>}</tr></thead>
              <tbody>{shown.map((event) => <EventRows key={event.name} event={event} isPlanned={inventory.planned} isOpen={wanted !== '' && !event.name.toLowerCase().includes(wanted)} />)}</tbody>
            </table>
          </TableBox>
          {shown.length === 0 && <PanelEmpty>Nothing of that name.</PanelEmpty>}
          {!inventory.planned && <p className="fine"><Icon name="lightbulb" size={14} /><span>A plan says what should come; <code>yardstick events suggest {inventory.source}</code> writes one from what came.</span></p>}
        </>
      )}
    </Card>
  );
}

const type = (property: KnownProperty): JSX.Element => <>{property.type ?? '–'}{property.types && property.types.length > 1 && <small className="watch"> also {property.types.filter((each) => each !== property.type).join(', ')}</small>}</>;
const example = (property: KnownProperty): JSX.Element => <>{property.example !== null && <>such as <code>{String(property.example).slice(0, 60)}</code></>}{!property.declared && <small> not a column</small>}</>;

function EventRows({ event, isPlanned, isOpen: isOpenFirst }: { event: KnownEvent; isPlanned: boolean; isOpen: boolean }): JSX.Element {
  const { zone } = useSession().workspace;
  const [wasOpened, setOpen] = useState(false);
  const isNarrow = useNarrow();
  const isOpen = wasOpened || isOpenFirst, count = event.properties.length;
  return (
    <Fragment>
      <tr>
        <th scope="row">
          <button type="button" className="disclose" aria-expanded={isOpen} disabled={count === 0} onClick={() => setOpen(!isOpen)}><Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size={14} /><span className="event-name">{event.name}</span></button>
          {event.is && <small className="event-is">{event.is}</small>}
        </th>
        <td>{integer(event.count)}</td><td className="minor">{integer(count)}</td><td className="minor">{moment(event.first, zone)}</td><td className={isPlanned ? 'minor' : undefined}>{moment(event.last, zone)}</td>
        {isPlanned && <td><Status kind="plan" of={isOff(event) && event.status === 'planned' ? 'properties' : event.status} isPlain /></td>}
      </tr>
      {isOpen && event.properties.map((property) => (
        <tr key={property.name} className="property-row">
          <th scope="row"><span className="event-name">{property.name}</span>{property.is && <small className="event-is">{property.is}</small>}{isNarrow && <small className="event-is">{type(property)} {example(property)}</small>}</th>
          <td>{integer(property.count)}</td>
          {!isNarrow && <><td title={property.types?.join(', ')}>{type(property)}</td><td colSpan={2} className="example">{example(property)}</td></>}
          {isNarrow && !isPlanned && <td />}
          {isPlanned && <td><Status kind="plan" of={property.status} isPlain /></td>}
        </tr>
      ))}
    </Fragment>
  );
}
