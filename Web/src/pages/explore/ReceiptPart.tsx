import type { Receipt } from '../../api/types';
import { Card } from '../../parts/Card';
import { Queries, ReceiptRows } from '../kpi/ReceiptCard';

/** How an answer was made, so that anybody can make it again. */
export function ReceiptPart({ receipt }: { receipt: Receipt | null | undefined }): JSX.Element | null {
  if (!receipt) return null;
  return <Card className="receipt" title="Receipt" about="How this answer was made"><ReceiptRows receipt={receipt} /><Queries sql={receipt.sql} plan={undefined} /></Card>;
}
