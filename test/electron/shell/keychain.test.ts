import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Keychain } from '../../../electron/shell/keychain.ts';
import { safeStorage } from '../../support/electron-stand-in.ts';
import { tempDir } from '../../support/temp-dir.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

test('a secret outlives the process and never touches the disk in plain text', async () => {
  const folder = await tempDir();
  await new Keychain(folder).write('token', 'opaque-token');
  expect(await new Keychain(folder).read('token')).toBe('opaque-token');
  for (const name of await readdir(folder))
    expect(await readFile(join(folder, name), 'utf8')).not.toContain('opaque-token');
});

test('secrets written at the same time are all kept', async () => {
  const keychain = new Keychain(await tempDir());
  const names = Array.from({ length: 20 }, (_, index) => `name-${index}`);
  await Promise.all(names.map((name) => keychain.write(name, `value of ${name}`)));
  for (const name of names) expect(await keychain.read(name)).toBe(`value of ${name}`);
});

test('a removed secret is gone, the others stay', async () => {
  const keychain = new Keychain(await tempDir());
  await keychain.write('token', 'one');
  await keychain.write('key', 'two');
  await keychain.remove('token');
  expect(await keychain.read('token')).toBeUndefined();
  expect(await keychain.read('key')).toBe('two');
});

test('a secret of another keychain is as good as none', async () => {
  const folder = await tempDir();
  await new Keychain(folder).write('token', 'opaque-token');
  safeStorage.key = 'second';
  onTestFinished(() => {
    safeStorage.key = 'first';
  });
  expect(await new Keychain(folder).read('token')).toBeUndefined();
});

test('a damaged file holds nothing and is written anew', async () => {
  const folder = await tempDir();
  await writeFile(join(folder, 'keychain.json'), '{"token":');
  const keychain = new Keychain(folder);
  expect(await keychain.read('token')).toBeUndefined();
  await keychain.write('token', 'again');
  expect(await keychain.read('token')).toBe('again');
});
