// In an office whose every internal string is marked, everything is done that mails could tell of: no mail, no header and no
// page behind a mail's link carries a mark. (E7)

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KindedRecord, Mail } from '../../../sync-server/protocol/records.ts';
import { anAttachment, anAttachmentId, anEntry, anEntryId } from '../../support/builders.ts';
import {
  ANNA_EMAIL,
  type MailOffice,
  MINUTE_MS,
  openMailOffice,
  PUBLIC_URL,
} from '../../support/mail-office.ts';
import { formTo } from '../../support/portal-browser.ts';
import { SECRET, SECRET_TIME } from '../../support/portal-office.ts';

let office: MailOffice;
let mails: readonly Mail[];
const pages: string[] = [];

beforeAll(async () => {
  office = await openMailOffice();
  const { jobs, stages, jonas, yusuf } = office.records;
  await office.put({ kind: 'customer', record: { ...yusuf, emails: ['yusuf@elsewhere.example'] } });
  const post = (jobId: typeof jobs.golf.id, audience: 'internal' | 'visible', text: string) =>
    office.staff('post_entry', {
      jobId,
      entryId: anEntryId(),
      audience,
      text,
      attachments: [],
      seenVersion: 1_000_000,
    });
  await post(jobs.golf.id, 'internal', `A note ${SECRET}`);
  await post(jobs.golf.id, 'visible', 'The paint is here.');
  await post(jobs.hidden.id, 'visible', `Hidden ${SECRET}`);
  await post(jobs.yusufs.id, 'visible', `Another’s ${SECRET}`);
  await office.staff('change_stage', {
    jobId: jobs.golf.id,
    entryId: anEntryId(),
    fromStageId: jobs.golf.stageId,
    toStageId: stages.insurer.id,
  });
  await office.staff('change_stage', {
    jobId: jobs.golf.id,
    entryId: anEntryId(),
    fromStageId: stages.insurer.id,
    toStageId: stages.workshop.id,
  });
  // An internal file under a visible reply that a mail tells of, and a visible one under an internal note.
  const mail = (await office.mails(jobs.golf.id)).at(-1)!;
  const author = { kind: 'member' as const, memberId: jonas.id };
  const note = anEntry({ jobId: jobs.golf.id, author, audience: 'internal', text: SECRET });
  const file = (entryId: typeof note.id, audience: 'internal' | 'visible', name: string) =>
    ({
      kind: 'attachment',
      record: anAttachment({
        id: anAttachmentId(),
        jobId: jobs.golf.id,
        entryId,
        audience,
        name,
        author,
      }),
    }) satisfies KindedRecord;
  await office.put(
    { kind: 'entry', record: note },
    file(mail.entryIds[0]!, 'internal', `costs-${SECRET}.pdf`),
    file(mail.entryIds[0]!, 'visible', 'estimate.pdf'),
    file(note.id, 'visible', 'damage.pdf'),
    { kind: 'mail', record: { ...mail, entryIds: [...mail.entryIds, note.id] } },
  );
  await office.sendAfterWindow();
  const path = /\/portal\/mail\/\S{43}/.exec(annas()[0]?.mail.text ?? '')?.[0] ?? '';
  const stranger = office.browser();
  const first = await stranger.get(path);
  const mailed = await stranger.post(formTo(first.body, '/mail/').action, {});
  const off = await stranger.get(`${path}/unsubscribe`);
  const switched = await stranger.post(`${path}/unsubscribe`, { mails: 'off' });
  pages.push(
    ...[first, mailed, off, switched].map(({ headers, body }) => JSON.stringify(headers) + body),
  );
  await office.sendDue();
  office.pass(MINUTE_MS);
  mails = await office.mails();
});
afterAll(() => office.close());

const annas = () => office.server.taken.filter(({ to }) => to.includes(ANNA_EMAIL));
const everything = () => [
  ...annas().flatMap(({ raw, mail }) => [
    raw,
    mail.text ?? '',
    mail.html ?? '',
    mail.subject ?? '',
  ]),
  ...pages,
];

test('mails left that could have told, or this proves nothing', () => {
  expect(office.failures).toEqual([]);
  expect(annas().map(({ mail }) => mail.subject)).toEqual([
    'New message and 2 files: Golf 8, rear quarter panel (J-2291)',
    'Your sign-in link for Nordhafen Repairs',
  ]);
  expect(annas()[0]?.mail.text).toMatch(/estimate\.pdf[\s\S]*damage\.pdf/);
  expect(mails.map(({ state }) => state).toSorted()).toEqual(['sent', 'sent', 'waiting']);
});

test('[V1] no internal word is in a mail, a header or a page behind a link', () => {
  // A colleague is named to customers, and this office marks their name.
  const named = `Jonas at Nordhafen Repairs`;
  expect(everything().join('\n')).toContain(named);
  for (const each of everything()) expect(each).not.toContain(SECRET);
});

test('[V1] no internal moment and no id of anything', () => {
  for (const each of everything()) {
    expect(each).not.toContain(SECRET_TIME.slice(0, 16));
    expect(each).not.toContain('03:33');
  }
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  const ids = everything().flatMap((each) => [...each.matchAll(uuid)].map(([id]) => id));
  // The sign-in link that was asked for from a job's mail leads to that job, which its customer sees.
  expect(new Set(ids)).toEqual(new Set([office.records.jobs.golf.id]));
});

test('every link is ours, and a mail goes to its own customer alone', () => {
  for (const { mail, to, raw } of office.server.taken) {
    expect(to).toHaveLength(1);
    expect(raw.includes('Golf 8') && !to.includes(ANNA_EMAIL)).toBe(false);
    const links = [...(mail.html ?? '').matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(link?.startsWith(`${PUBLIC_URL}/portal/`)).toBe(true);
    // Nothing in a mail is fetched when it is opened: nobody is told that it was.
    expect(mail.html).not.toMatch(/\ssrc=|url\(|<link/);
  }
});
