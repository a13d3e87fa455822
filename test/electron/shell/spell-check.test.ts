import type { Session as ElectronSession } from 'electron';
import { afterEach, expect, test, vi } from 'vitest';
import { checkSpelling, spellLanguages } from '../../../electron/shell/spell-check.ts';
import { app, Session } from '../../support/electron-stand-in.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

const { platform } = process;

afterEach(() => {
  Object.defineProperty(process, 'platform', { value: platform });
});

test.each([
  [
    ['de-DE', 'en-GB'],
    ['de', 'en-GB'],
  ],
  [['en_US', 'en-US'], ['en-US']],
  [['pt-PT'], ['pt-BR']],
  [['fr-CH', 'xx-YY'], ['fr']],
  [['xx'], []],
])('(I1) a system that prefers %j checks words in %j', (preferred, expected) => {
  const available = ['de', 'en-GB', 'en-US', 'fr', 'pt-BR'];
  expect(spellLanguages(preferred, available)).toEqual(expected);
});

test('(I1) the languages are the system’s; a Mac finds out by itself', () => {
  app.languages = ['de-AT', 'en-GB'];
  const session = new Session();
  Object.defineProperty(process, 'platform', { value: 'linux' });
  checkSpelling(session as unknown as ElectronSession);
  expect(session.spellCheckerLanguages).toEqual(['de', 'en-GB']);
  const mac = new Session();
  Object.defineProperty(process, 'platform', { value: 'darwin' });
  checkSpelling(mac as unknown as ElectronSession);
  expect(mac.spellCheckerLanguages).toEqual([]);
});
