import { expect, test } from 'vitest';
import { whyNoWindow } from '../../scripts/lib/electron-binary.mjs';

test.each([
  ['a Mac', { platform: 'darwin', isRoot: false, hasScreen: false }, undefined],
  ['Windows', { platform: 'win32', isRoot: false, hasScreen: false }, undefined],
  ['a Linux desktop', { platform: 'linux', isRoot: false, hasScreen: true }, undefined],
  [
    'a Linux server',
    { platform: 'linux', isRoot: false, hasScreen: false },
    'there is no screen here',
  ],
  ['root', { platform: 'linux', isRoot: true, hasScreen: true }, 'Electron does not run as root'],
])('on %s a window is possible or the reason is said', (_where, machine, expected) => {
  expect(whyNoWindow(machine)).toBe(expected);
});
