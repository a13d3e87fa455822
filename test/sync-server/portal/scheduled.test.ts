// The portal of an office in which a reply waits for its time is, byte for byte, that of one in which none does. (C8, E7)

import { afterEach, beforeEach, expect, test } from 'vitest';
import { anAttachmentId } from '../../support/builders.ts';
import type { PortalBrowser } from '../../support/portal-browser.ts';
import {
  HOUR_MS,
  openScheduledOffice,
  type ScheduledOffice,
} from '../../support/scheduled-office.ts';

let office: ScheduledOffice;
beforeEach(async () => {
  office = await openScheduledOffice();
});
afterEach(() => office.close());

async function everythingOf(browser: PortalBrowser): Promise<readonly string[]> {
  const { jobs, files } = office.records;
  const paths = [
    '/portal',
    ...Object.values(jobs).map(({ id }) => `/portal/jobs/${id}`),
    ...Object.values(files).map(({ id }) => `/portal/files/${id}`),
    '/portal/sessions',
  ];
  const seen: string[] = [];
  for (const path of paths) {
    // As a browser that loads ahead gets them: looking itself changes nothing.
    const { statusCode, headers, body } = await browser.get(path, {
      'sec-purpose': 'prefetch',
    });
    // Made anew for every page, whatever is on it.
    const page = body.replace(/name="sendToken" value="[^"]*"/g, '');
    const { date: _clock, 'set-cookie': _renewed, ...same } = headers;
    seen.push(JSON.stringify([path, statusCode, same, page]));
  }
  return seen;
}

test('[V1] [W1] pages, headers and files are the same with scheduled, held and cancelled replies as without', async () => {
  const anna = await office.signedIn();
  const before = await everythingOf(anna);
  const { blobId, mediaType, sizeBytes } = office.records.files.costs;
  const waiting = await office.schedule({
    attachments: [
      {
        attachmentId: anAttachmentId(),
        blobId,
        name: 'Bill.png',
        mediaType,
        sizeBytes,
        audience: 'visible',
      },
    ],
  });
  expect(waiting.outcome.kind).toBe('applied');
  expect(await everythingOf(anna)).toEqual(before);
  const cancelled = await office.schedule();
  await office.end(cancelled.entryId, 'cancel');
  expect(await everythingOf(anna)).toEqual(before);
  await office.schedule({ sendAt: office.now() });
  await office.change(waiting.entryId, { text: 'Other words.' });
  expect(await everythingOf(anna)).toEqual(before);
});

test('[V1] what a scheduled reply changes for the customer is what an ordinary one would, no more', async () => {
  await office.schedule({ text: 'At its time.' });
  office.pass(HOUR_MS);
  await office.release();
  const anna = await office.signedIn();
  const { body } = await anna.get(`/portal/jobs/${office.records.jobs.golf.id}`);
  expect(body).toContain('At its time.');
  expect(body.toLowerCase()).not.toContain('schedul');
});
