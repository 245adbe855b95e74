import { useId } from 'react';
import type { SourceEntry } from '../../../api/types';
import type { Cost, CostColumn } from '../asked';
import { isNumeric } from '../conditions';
import { isWholeCost } from '../definition';
import { useKnown } from '../inventory';

const columns: readonly (readonly [key: CostColumn, label: string, likely: RegExp, isNumber: boolean])[] = [
  ['amount', 'Paid', /cost|spend|spent|amount|paid/i, true], ['campaign', 'Campaign', /campaign/i, false], ['source', 'Source', /source|channel|network|platform/i, false],
  ['medium', 'Medium', /medium/i, false], ['clicks', 'Clicks', /click/i, true], ['impressions', 'Shown', /impression|shown|views/i, true],
];

/** What campaigns cost: a source of costs, and which of its columns says what; likely ones are proposed. */
export function CostField({ cost, onChange }: { cost: Cost; onChange: (cost: Cost) => void }): JSX.Element {
  const id = useId();
  const { source, sources } = useKnown();
  const others = sources.filter((each) => each.name !== source && each.columns.some((column) => isNumeric(column.type)));
  const chosen = sources.find((each) => each.name === cost.from);
  return (
    <div className="rules-list">
      <div className="rule"><label htmlFor={id}>Told by</label>
        <select id={id} value={cost.from ?? ''} onChange={(event) => onChange(proposed(sources.find((each) => each.name === event.target.value)))}>
          <option value="">{others.length === 0 ? 'no other source has numbers' : 'nothing'}</option>
          {others.map((each) => <option key={each.name} value={each.name}>{each.name}</option>)}
        </select>
      </div>
      {chosen && columns.map(([key, label, , isNumber]) => <CostColumnField key={key} label={label} value={cost[key] ?? ''} options={chosen.columns.filter((column) => isNumeric(column.type) === isNumber).map((column) => column.name)} onChange={(name) => onChange(without({ ...cost, [key]: name }))} />)}
      {chosen && !isWholeCost(cost) && <p className="field-hint" role="status">Choose what was paid, and a campaign, source or medium for which.</p>}
    </div>
  );
}

function CostColumnField({ label, value, options, onChange }: { label: string; value: string; options: readonly string[]; onChange: (name: string) => void }): JSX.Element {
  const id = useId();
  return <div className="rule"><label htmlFor={id}>{label}</label><select id={id} value={value} onChange={(event) => onChange(event.target.value)}><option value="">not told</option>{options.map((name) => <option key={name}>{name}</option>)}</select></div>;
}

/** A source of costs with the columns that are named like what is wanted, each once. */
export function proposed(source: Pick<SourceEntry, 'name' | 'columns'> | undefined): Cost {
  if (!source) return {};
  const cost: Cost = { from: source.name };
  for (const [key, , pattern, isNumber] of columns) {
    const taken = Object.values(cost);
    const name = source.columns.find((column) => pattern.test(column.name) && isNumeric(column.type) === isNumber && !/(^|_)id$/i.test(column.name) && !taken.includes(column.name))?.name;
    if (name !== undefined) cost[key] = name;
  }
  return cost;
}

const without = (cost: Cost): Cost => Object.fromEntries(Object.entries(cost).filter(([, name]) => name !== '')) as Cost;
