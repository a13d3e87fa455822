// Light, dark, or as the system says. Remembered on this device.

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'docket.theme';

export function themeChoice(): ThemeChoice {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
  applyTheme();
}

/** Marks the page with the theme in force and keeps following the system. */
export function followTheme(): void {
  applyTheme();
  systemDark().addEventListener('change', applyTheme);
}

function applyTheme(): void {
  const choice = themeChoice();
  const theme = choice === 'system' ? (systemDark().matches ? 'dark' : 'light') : choice;
  document.documentElement.dataset['theme'] = theme;
}

const systemDark = () => window.matchMedia('(prefers-color-scheme: dark)');
