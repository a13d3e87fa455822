import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { expect, it, onTestFinished } from 'vitest';
import { FolderTransport } from '../../../sync-server/mail/folder-transport.ts';
import { MINUTE_MS, openMailOffice } from '../../support/mail-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

async function officeWithFolder() {
  const folder = join(await tempDir(), 'mails');
  const office = await openMailOffice({ transport: new FolderTransport(folder) });
  onTestFinished(() => office.close());
  return { folder, office };
}

it('(F2) without a mail server a mail is a file that a mail program opens', async () => {
  const { folder, office } = await officeWithFolder();
  await office.reply('In a folder.');
  await office.sendAfterWindow();
  const files = await readdir(folder);
  expect(files).toEqual([
    expect.stringMatching(/^2026-11-12T11-00-00 anna@berg\.example [0-9a-f]{8}\.eml$/),
  ]);
  const mail = await PostalMime.parse(await readFile(join(folder, files[0]!)));
  expect(mail.text).toContain('In a folder.');
  expect((await office.mails()).at(-1)).toMatchObject({ state: 'sent' });
});

it('[F1] a mail handed over again is the same file again', async () => {
  const { folder, office } = await officeWithFolder();
  const transport = new FolderTransport(folder);
  await office.reply('Twice.');
  office.pass(2 * MINUTE_MS);
  const { promise: died, resolve } = Promise.withResolvers<unknown>();
  void office.sendDue({
    transport: {
      handOver: async (mail) => {
        await transport.handOver(mail);
        resolve(undefined);
        return new Promise(() => undefined);
      },
    },
  });
  await died;
  office.pass(5 * MINUTE_MS);
  await office.sendDue();
  expect(await readdir(folder)).toHaveLength(1);
});

it('[F2] a folder that cannot be written keeps the mail waiting, says why, and loses nothing', async () => {
  const { folder, office } = await officeWithFolder();
  // A file in its place cannot be written to by anybody, whoever runs this test.
  await mkdir(join(folder, '..'), { recursive: true });
  await writeFile(folder, 'taken');
  await office.reply('Later.');
  await office.sendAfterWindow();
  expect((await office.mails()).at(-1)).toMatchObject({
    state: 'waiting',
    reason: 'The folder for mails cannot be written to (EEXIST).',
  });
  await rm(folder);
  office.pass(MINUTE_MS);
  await office.sendDue();
  expect(await readdir(folder)).toHaveLength(1);
  expect((await office.mails()).at(-1)).toMatchObject({ state: 'sent', reason: '' });
});
