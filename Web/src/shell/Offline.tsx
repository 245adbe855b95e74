import { useEffect, useState } from 'react';
import { listen } from '../api/events';
import { Icon } from '../parts/Icon';

/** Says that the program does not answer, for as long as it does not; what the page shows stays. */
export function Offline(): JSX.Element {
  const [isLost, setLost] = useState(false);
  useEffect(() => listen((name) => { if (name === 'lost') setLost(true); if (name === 'found') setLost(false); }), []);
  return <div role="status">{isLost && <p className="offline"><Icon name="circle-alert" size={15} /><span><b>Yardstick does not answer.</b> What you see may be old; the page goes on by itself when it is back.</span></p>}</div>;
}
