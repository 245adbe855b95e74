import type { ChangeOfShare, PartDifference } from '../../../api/behaviour';
import { change, probability, share } from '../../../format/numbers';


/** How far a part is from all others together; a mark where that is more than noise. */
export function Difference({ of }: { of: PartDifference | null }): JSX.Element {
  if (of === null) return <>–</>;
  const tone = !of.beyond_noise ? 'quiet' : of.value > 0 ? 'good' : 'bad';
  return <span className={`differs ${tone}`} title={`${probability(of.p_corrected)}, corrected for the number of parts`}>{change(of.value, 'pp', share)} <small>{of.beyond_noise ? 'differs' : 'within noise'}</small></span>;
}

/** How far a share is from what it was in the range before; coloured where that is more than noise. */
export function Moved({ by, none = '–' }: { by: ChangeOfShare | null | undefined; none?: string }): JSX.Element {
  if (!by) return <span className="quiet">{none}</span>;
  const isBeyond = by.within_noise === false;
  return <span className={`differs ${isBeyond ? (by.value > 0 ? 'good' : 'bad') : 'quiet'}`} title={isBeyond ? 'beyond noise' : 'within noise'}>{change(by.value, 'pp', share)}</span>;
}
