import type { LibraryEntry, Proposal, Proposals } from '../../api/types';
import { Icon } from '../../parts/Icon';
import { Warnings } from '../../parts/Warnings';
import { EmptyState } from '../../parts/Waiting';
import { Link } from '../../routing/location';
import { AddEntry } from '../catalogue/AddEntry';
import { entryHref } from '../catalogue/library';
import { useWorkspaceNames } from '../catalogue/useWorkspaceNames';
import { roles } from './choices';

const most = 7;

/** The candidates by the part they play, and what to beware of. */
export function ProposalList({ proposals, entries, heading }: { proposals: Proposals; entries: LibraryEntry[]; heading: string }): JSX.Element {
  const found = new Map(entries.map((entry) => [entry.id, entry]));
  const all = proposals.proposals;
  const warnings = [...(all.length > most ? [`These are ${all.length}. Nobody steers by more than seven: leave out the ones you would not act on.`] : []), ...proposals.warnings];
  if (all.length === 0) return <EmptyState icon="compass" title="Nothing in the library fits these three" action={<Link className="button" href="/catalogue?tab=library">Look through the library</Link>}>Choose the goal that comes nearest, or write a definition by hand.</EmptyState>;
  const known = new Set(roles.map((role) => role.id));
  return (
    <>
      <h2 className="choose-heading">{heading}</h2>
      <Warnings label="Beware" icon="lightbulb" texts={warnings} />
      {roles.map((role) => {
        const mine = all.filter((each) => each.role === role.id || (role.id === 'driver' && !known.has(each.role)));
        return mine.length === 0 ? null : (
          <section key={role.id} className={`proposal-group ${role.id}`} aria-label={role.title}>
            <header><span className="proposal-mark"><Icon name={role.icon} size={15} /></span><h3>{role.title}</h3><p>{role.is}</p></header>
            <ul>{mine.map((each) => <Candidate key={each.entry} proposal={each} entry={found.get(each.entry)} />)}</ul>
          </section>
        );
      })}
    </>
  );
}

function Candidate({ proposal, entry }: { proposal: Proposal; entry: LibraryEntry | undefined }): JSX.Element {
  const { known, sources } = useWorkspaceNames();
  return (
    <li className="card candidate" data-entry={proposal.entry}>
      <div>
        <h4>{entry?.title ?? proposal.entry}{entry?.variant && <span className="kind">{entry.variant}</span>}</h4>
        <p className="why">{proposal.why}</p>
        {entry && <p className="quiet">{entry.is} <Link href={entryHref(entry.id)}>How it is counted, and how it misleads</Link></p>}
      </div>
      {entry && <div className="candidate-add"><AddEntry entry={entry} isThere={known.has(entry.id)} sources={sources} /></div>}
    </li>
  );
}
