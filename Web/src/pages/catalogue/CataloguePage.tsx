import { Icon } from '../../parts/Icon';
import { PageHead } from '../../parts/PageHead';
import { Link, useLocation } from '../../routing/location';
import { DefinitionsTab } from './DefinitionsTab';
import { LibraryTab } from './LibraryTab';

const tabs = [['', 'Definitions'], ['library', 'Library']] as const;

/** Every definition of the workspace, and the library to take more from. */
export function CataloguePage(): JSX.Element {
  const tab = useLocation().query.get('tab') ?? '';
  return (
    <>
      <PageHead title="Catalogue" about={tab === 'library' ? 'KPIs the field names, each in its named variants, to add and adapt' : 'Every metric and KPI, what it means and who answers for it'}
        tools={tab === 'library' ? <Link className="button" href="/choose"><Icon name="compass" size={15} />Choose your KPIs</Link> : undefined} />
      <nav className="tabs" aria-label="Catalogue">
        {tabs.map(([name, words]) => <Link key={name} href={name === '' ? '/catalogue' : `/catalogue?tab=${name}`} aria-current={name === tab ? 'page' : undefined}>{words}</Link>)}
      </nav>
      {tab === 'library' ? <LibraryTab /> : <DefinitionsTab />}
    </>
  );
}
