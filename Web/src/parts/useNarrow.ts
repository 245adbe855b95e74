import { useEffect, useState } from 'react';

const narrow = matchMedia('(max-width: 640px)'), stacked = matchMedia('(max-width: 1080px)');

/** Whether the window is as narrow as a phone, where tables say the same in fewer letters. */
export const useNarrow = (): boolean => useMatch(narrow);

/** Whether what stands side by side in a wide window stands one above the other. */
export const useStacked = (): boolean => useMatch(stacked);

function useMatch(query: MediaQueryList): boolean {
  const [isMatch, setMatch] = useState(query.matches);
  useEffect(() => {
    const follow = (event: MediaQueryListEvent): void => setMatch(event.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [query]);
  return isMatch;
}
