// Words are checked in the languages of the system. On a Mac the system does so itself. (I1)

import { app, type Session } from 'electron';

export function checkSpelling(session: Session): void {
  if (process.platform === 'darwin') return;
  const languages = spellLanguages(
    app.getPreferredSystemLanguages(),
    session.availableSpellCheckerLanguages,
  );
  // With none that it knows, it stays with what Chromium chose.
  if (languages.length > 0) session.setSpellCheckerLanguages(languages);
}

/** For each language the dictionary of that very country, or else that of the language. */
export function spellLanguages(
  preferred: readonly string[],
  available: readonly string[],
): string[] {
  const found = preferred.flatMap((wanted) => {
    const whole = wanted.replace('_', '-').toLowerCase();
    const [language = ''] = whole.split('-');
    const exact = available.find((one) => one.toLowerCase() === whole);
    const alike = available.find((one) => one.toLowerCase() === language);
    const other = available.find((one) => one.toLowerCase().startsWith(`${language}-`));
    return exact ?? alike ?? other ?? [];
  });
  return [...new Set(found)];
}
