// Mails leave by themselves: when something is queued, when a window ends, and what another process has queued.

import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FolderTransport } from '../../../sync-server/mail/folder-transport.ts';
import { type MailDeps, startMail } from '../../../sync-server/mail/start-mail.ts';
import { sendSignInLink } from '../../../sync-server/mail/send-sign-in-link.ts';
import { machineTimers } from '../../../sync-server/timers.ts';
import {
  ANNA_EMAIL,
  type MailOffice,
  MAIL_FROM,
  openMailOffice,
} from '../../support/mail-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

async function running(overrides: Partial<MailDeps> = {}) {
  const office = await openMailOffice();
  onTestFinished(() => office.close());
  const folder = join(await tempDir(), 'mails');
  await mkdir(folder);
  const failures: unknown[] = [];
  // Windows end by this clock, which stands at the office's last moment and goes on from there.
  const startedAt = Date.now();
  const now = () => Date.parse('2026-11-12T11:00:00.000Z') + (Date.now() - startedAt);
  const mail = startMail({
    storage: office.storage,
    transport: new FolderTransport(folder),
    from: MAIL_FROM,
    claimant: 'this process',
    timers: machineTimers,
    publicUrl: () => 'https://portal.example',
    now,
    onFailure: (error) => failures.push(error),
    ...overrides,
  });
  onTestFinished(() => mail.stop(0));
  return { office, folder, failures, mail, now };
}

function askForLink(office: MailOffice, now: () => number) {
  const { workspace, anna } = office.records;
  const wish = { customerId: anna.id, to: ANNA_EMAIL, jobId: null, memberId: null } as const;
  return sendSignInLink({ storage: office.storage, now }, { workspaceId: workspace.id, ...wish });
}

test('(E1) a sign-in link leaves at once', async () => {
  const { office, folder, now, failures } = await running();
  expect(await askForLink(office, now)).toBe('queued');
  await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1), 5000);
  expect(failures).toEqual([]);
});

test('(F2) a reply leaves when its window has ended, without anybody asking', async () => {
  const startedAt = Date.now();
  // A moment before the window ends that begins with the reply.
  const now = () => Date.parse('2026-11-12T11:01:59.900Z') + (Date.now() - startedAt);
  const { office, folder, failures } = await running({ now });
  await office.reply('By itself.');
  await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1), 5000);
  expect(failures).toEqual([]);
});

test('(J4) a stop ends it: no timer is left, and what is queued afterwards waits for the next start', async () => {
  const { office, folder, mail, now } = await running();
  await mail.stop(0);
  await askForLink(office, now);
  expect(await readdir(folder)).toEqual([]);
  expect(await office.storage.mails.nextMailAt()).toBeDefined();
});

test('a failure of our own is told, and does not end the sending', async () => {
  let isBroken = true;
  const { office, folder, now, failures } = await running({
    publicUrl: () => {
      if (isBroken) throw new Error('No address yet.');
      return 'https://portal.example';
    },
  });
  await askForLink(office, now);
  await vi.waitFor(() => expect(failures).toHaveLength(1), 5000);
  isBroken = false;
  await askForLink(office, now);
  await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1), 5000);
});
