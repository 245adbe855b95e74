import { useEffect, useState } from 'react';

const query = matchMedia('(max-width: 640px)');

/** Whether the window is as narrow as a phone, where tables say the same in fewer letters. */
export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const follow = (event: MediaQueryListEvent): void => setNarrow(event.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isNarrow;
}
