// A mail server keeps what a restored database has forgotten: mailboxes have mails that the backup does not know of.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { type MailOffice, openMailOffice } from '../../support/mail-office.ts';

let office: MailOffice;
beforeEach(async () => {
  office = await openMailOffice();
});
afterEach(async () => {
  await office.close();
  expect(office.failures).toEqual([]);
});

it('[L6, F1] (F2) what is posted after a restore joins no mail that may have left before it', async () => {
  await office.reply('Posted before the backup.');
  await office.storage.beginEpoch(Date.parse(office.now()));
  await office.reply('Posted after it.');
  await office.sendAfterWindow();
  const texts = office.server.taken.map(({ mail }) => mail.text ?? '');
  expect(texts.filter((text) => text.includes('Posted before the backup.'))).toHaveLength(1);
  expect(texts.filter((text) => text.includes('Posted after it.'))).toHaveLength(1);
  expect(new Set(office.server.taken.map(({ mail }) => mail.messageId)).size).toBe(2);
});
