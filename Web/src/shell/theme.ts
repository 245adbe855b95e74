import { createContext, useContext, useEffect, useState } from 'react';
import { dark, light, type Tokens } from '../charts/tokens';

export type ThemeChoice = 'light' | 'dark' | 'system';
export interface Theme { choice: ThemeChoice; isDark: boolean; choose: (choice: ThemeChoice) => void }

const key = 'yardstick.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export const ThemeContext = createContext<Theme>({ choice: 'system', isDark: false, choose: () => undefined });
export const useTheme = (): Theme => useContext(ThemeContext);
export const useTokens = (): Tokens => (useTheme().isDark ? dark : light);

function kept(): ThemeChoice {
  try {
    const text = localStorage.getItem(key);
    return text === 'light' || text === 'dark' ? text : 'system';
  } catch { return 'system'; }
}

/** The chosen theme, kept in this browser; `system` follows the operating system while the page is open. */
export function useThemeChoice(): Theme {
  const [choice, setChoice] = useState<ThemeChoice>(kept);
  const [systemIsDark, setSystemIsDark] = useState(system.matches);
  const isDark = choice === 'system' ? systemIsDark : choice === 'dark';
  useEffect(() => {
    const follow = (event: MediaQueryListEvent): void => setSystemIsDark(event.matches);
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, []);
  useEffect(() => { document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'; }, [isDark]);
  const choose = (next: ThemeChoice): void => {
    setChoice(next);
    try { localStorage.setItem(key, next); } catch { /* private mode: the choice lasts for this visit */ }
  };
  return { choice, isDark, choose };
}
