// A reply that its author edited, as its customer meets it: on the page, in the list and in mails. (C10, E7)

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailTransport } from '../../../sync-server/mail/transport.ts';
import { basisOf } from '../../../sync-server/protocol/edits.ts';
import type { WrittenEntry } from '../../../sync-server/protocol/entries.ts';
import { type MailOffice, MINUTE_MS, openMailOffice } from '../../support/mail-office.ts';
import type { PortalBrowser } from '../../support/portal-browser.ts';

const FIRST = 'The car is ready on Thursday.';
const SECOND = 'The car is ready on Friday.';

let office: MailOffice;
let browser: PortalBrowser;
beforeEach(async () => {
  office = await openMailOffice();
  browser = await office.signedIn();
});
afterEach(async () => {
  await office.close();
  expect(office.failures).toEqual([]);
});

const golf = () => office.records.jobs.golf.id;
const page = async () => (await browser.get(`/portal/jobs/${golf()}`)).body;
const list = async () => (await browser.get('/portal')).body;
const lastReply = async () => {
  const entries = await office.storage.entriesOfJob(office.records.workspace.id, golf());
  return entries.at(-1)!.record as WrittenEntry;
};
const edit = async (text: string) => {
  office.pass(MINUTE_MS);
  const { id: entryId, text: stands } = await lastReply();
  const args = { jobId: golf(), entryId, text, basedOn: basisOf(stands) };
  expect((await office.staff('edit_entry', args)).kind).toBe('applied');
};
const news = (body: string) => body.includes('New since') || body.includes('unread');

describe('(C10) a reply that was edited', () => {
  it('(E7) before its customer had read it never was another one', async () => {
    await office.reply(FIRST);
    await edit(SECOND);
    const body = await page();
    expect(body).toContain(SECOND);
    expect(body).not.toContain(FIRST);
    expect(body).not.toContain('Edited');
  });

  it('after they had read it says so with the time, and is no news', async () => {
    await office.reply(FIRST);
    await page();
    const before = await list();
    await edit(SECOND);
    expect(news(await list())).toBe(news(before));
    const body = await page();
    expect(body).toContain(SECOND);
    expect(body).not.toContain(FIRST);
    expect(body).toMatch(/<p class="edited">Edited <time datetime="[^"]+"[^>]*>\d\d:\d\d<\/time>/);
  });

  it('is known to have been read where they looked at nothing but the edit', async () => {
    await office.reply(FIRST);
    await page();
    await edit(SECOND);
    await edit('Unread between.');
    office.pass(MINUTE_MS);
    await page();
    await edit('The last word.');
    const { earlier = [] } = await lastReply();
    expect(earlier.map(({ text, customerSeenAt }) => [text, customerSeenAt !== undefined])).toEqual(
      [
        [FIRST, true],
        [SECOND, false],
        ['Unread between.', true],
      ],
    );
    expect(earlier.every(({ untilVersion }) => untilVersion !== null)).toBe(true);
  });

  it('[F1] (F2) stands in a mail as it is when the mail leaves, and after that in no second one', async () => {
    await office.reply(FIRST);
    await edit(SECOND);
    await office.sendAfterWindow();
    const mail = office.server.taken[0]?.mail;
    expect(mail?.text).toContain(SECOND);
    expect(mail?.text).not.toContain(FIRST);
    await edit('Saturday, in fact.');
    office.pass(60 * MINUTE_MS);
    await office.sendDue();
    expect(office.server.taken).toHaveLength(1);
    const { earlier = [] } = await lastReply();
    expect(earlier.map(({ text, mailedAt }) => [text, mailedAt !== undefined])).toEqual([
      [FIRST, false],
      [SECOND, true],
    ]);
    expect(await page()).toContain('Edited');
  });

  it('[F1] (F2) while a mail with it is being handed over, or nobody can tell whether it left, counts as mailed', async () => {
    await office.reply(FIRST);
    office.pass(2 * MINUTE_MS);
    // Its first words are on the line when the author puts them right, and then the line breaks.
    const transport: MailTransport = {
      handOver: async () => {
        await edit(SECOND);
        return { kind: 'later', reason: 'The line broke.', mayHaveLeft: true };
      },
    };
    await office.sendDue({ transport });
    await edit('Saturday, in fact.');
    const { earlier = [] } = await lastReply();
    expect(earlier.map(({ text, mailedAt }) => [text, mailedAt !== undefined])).toEqual([
      [FIRST, true],
      [SECOND, false],
    ]);
    expect(await page()).toContain('Edited');
  });
});
