import { PageHead } from '../parts/PageHead';
import { EmptyState } from '../parts/Waiting';
import { Link } from '../routing/location';

export function NotFoundPage(): JSX.Element {
  return (
    <>
      <PageHead title="Not found" />
      <EmptyState icon="search" title="There is no page at this address" action={<Link className="button primary" href="/">To the scorecard</Link>}>
        It may have been renamed or retired. The catalogue lists everything that is defined.
      </EmptyState>
    </>
  );
}
