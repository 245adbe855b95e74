import type { Explanation, Receipt, SQLText } from '../../api/types';
import { useSession } from '../../api/session';
import { withQuery } from '../../api/request';
import { useRequest } from '../../api/useRequest';
import { day, moment } from '../../format/dates';
import { integer } from '../../format/numbers';
import { Card } from '../../parts/Card';
import { CopyButton } from '../../parts/CopyButton';
import { Loading, Skeleton } from '../../parts/Waiting';
import type { View } from './state';

/** How the number was made, so that anybody can make it again. */
export function ReceiptCard({ view }: { view: View }): JSX.Element {
  const explanation = useRequest<Explanation>(withQuery('/explain', { [view.kind]: view.id, over: view.kind === 'metric' ? view.range : undefined, where: view.where }));
  return (
    <Card className="receipt" title="Receipt" about="How this number was made">
      <Loading of={explanation} skeleton={<Skeleton height={220} />}>
        {(data) => <>{data.receipt && <ReceiptRows receipt={data.receipt} />}<Queries sql={data.sql.length > 0 ? data.sql : data.receipt?.sql ?? []} plan={data.plan} /></>}
      </Loading>
    </Card>
  );
}

export function ReceiptRows({ receipt }: { receipt: Receipt }): JSX.Element {
  const { zone } = useSession().workspace;
  return (
    <dl className="pairs">
      {receipt.range && <><dt>From</dt><dd>{moment(receipt.range.start, zone)}</dd>
        <dt>To before</dt><dd>{moment(receipt.range.end, zone)}</dd></>}
      <dt>Zone</dt><dd>{receipt.zone} <small>tzdata {receipt.tzdata}</small></dd>
      <dt>Data until</dt><dd>{moment(receipt.watermark, zone)}</dd>
      {receipt.numerator !== null && <><dt>Numerator</dt><dd>{integer(receipt.numerator)}</dd></>}
      {receipt.denominator !== null && <><dt>Denominator</dt><dd>{integer(receipt.denominator)}</dd></>}
      <dt>Filters</dt><dd className={receipt.filters.length > 0 ? 'mono' : undefined}>{receipt.filters.length > 0 ? receipt.filters.join(' and ') : 'none'}</dd>
      <dt>Left out</dt>
      <dd>{receipt.leftOut === null ? 'not counted' : receipt.leftOut.length === 0 ? 'no rows' : receipt.leftOut.map((each) => <div key={each.reason}>{integer(each.rows)} rows: {each.reason}</div>)}</dd>
      <dt>Sources</dt>
      <dd>{receipt.sources.map((source) => <div key={source.name}>{source.name}{source.rows !== null && <> <small>{integer(source.rows)} rows, version {String(source.version).slice(0, 8)}</small></>}</div>)}</dd>
      <dt>Definition</dt><dd className="mono" title={receipt.definition}>{receipt.definition.slice(0, 12)}</dd>
    </dl>
  );
}

export function Queries({ sql, plan }: { sql: SQLText[]; plan: string | undefined }): JSX.Element {
  return (
    <>
      <details>
        <summary>SQL with its bound values</summary>
        {sql.map((query) => (
          <div key={query.text} className="query">
            <pre className="source-text" tabIndex={0} aria-label="SQL">{query.text}</pre>
            {query.values.length > 0 && <ol aria-label="Bound values">{query.values.map((bound, index) => <li key={index}><code>{bound === null ? 'null' : typeof bound === 'string' && /^\d{4}-\d\d-\d\d$/.test(bound) ? `${bound} (${day(bound)})` : String(bound)}</code></li>)}</ol>}
            <CopyButton text={query.text} of="SQL" />
          </div>
        ))}
      </details>
      {plan !== undefined && <details><summary>Plan</summary><pre className="source-text" tabIndex={0} aria-label="Plan">{plan}</pre></details>}
    </>
  );
}
