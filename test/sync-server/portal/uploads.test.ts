// Files one by one, as the portal's script sends them. (E4) [B3]

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { blobIdOf } from '../../support/builders.ts';
import { formTo, type PortalBrowser } from '../../support/portal-browser.ts';
import { openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';

const BYTES = Buffer.from('Left door, two dents; right door, none.');
const HASH = blobIdOf(BYTES);
const PATH = `/portal/uploads/${HASH}`;

let office: PortalOffice;
let anna: PortalBrowser;
let headers: Record<string, string>;
beforeEach(async () => {
  office = await openPortalOffice();
  anna = await office.signedIn();
  const { golf } = office.records.jobs;
  const { fields } = formTo((await anna.get(`/portal/jobs/${golf.id}`)).body, 'replies');
  headers = {
    'tus-resumable': '1.0.0',
    'docket-form': fields.formToken ?? '',
    'docket-job': golf.id,
    'sec-fetch-site': 'same-origin',
  };
});
afterEach(() => office.close());

const begin = (who = anna, more: Record<string, string> = {}) =>
  who.send('POST', '/portal/uploads', {
    ...headers,
    'upload-length': String(BYTES.length),
    'upload-metadata': `sha256 ${Buffer.from(HASH).toString('base64')}`,
    ...more,
  });
const goOn = (from: number, to: number, who = anna) =>
  who.send(
    'PATCH',
    PATH,
    {
      ...headers,
      'upload-offset': String(from),
      'content-type': 'application/offset+octet-stream',
    },
    BYTES.subarray(from, to),
  );
const brought = (customerId = office.records.anna.id) =>
  office.storage.broughtBlob({
    workspaceId: office.records.workspace.id,
    customerId,
    blobId: HASH,
  });

describe('(E4) a file that is sent in parts', () => {
  test('goes on where it stopped, and can be sent with a message then', async () => {
    expect((await begin()).statusCode).toBe(201);
    expect((await goOn(0, 10)).statusCode).toBe(204);
    const asked = await anna.send('HEAD', PATH, headers);
    expect(asked.headers['upload-offset']).toBe('10');
    expect(await brought()).toBeUndefined();
    expect((await goOn(10, BYTES.length)).statusCode).toBe(204);
    expect(await brought()).toMatchObject({ mediaType: 'text/plain', sizeBytes: BYTES.length });
    const { golf } = office.records.jobs;
    const form = formTo((await anna.get(`/portal/jobs/${golf.id}`)).body, 'replies');
    const sent = await anna.post(form.action, {
      ...form.fields,
      text: 'Here it is',
      file: `${HASH} dents.txt`,
    });
    expect(sent.statusCode).toBe(303);
    expect((await anna.follow(sent)).body).toContain('dents.txt');
  });

  test('[V2] is nobody else’s to see, to go on with or to send', async () => {
    await begin();
    const yusuf = await office.signedIn(office.records.yusuf.id);
    const { yusufs } = office.records.jobs;
    const { fields } = formTo((await yusuf.get(`/portal/jobs/${yusufs.id}`)).body, 'replies');
    headers = { ...headers, 'docket-form': fields.formToken ?? '', 'docket-job': yusufs.id };
    expect((await yusuf.send('HEAD', PATH, headers)).statusCode).toBe(404);
    expect((await goOn(0, BYTES.length, yusuf)).statusCode).toBe(404);
    expect(await brought(office.records.yusuf.id)).toBeUndefined();
  });

  test.each<[string, (office: PortalOffice) => Record<string, string>]>([
    ['without a form token', () => ({ 'docket-form': '' })],
    ['with a forged form token', () => ({ 'docket-form': 'x'.repeat(43) })],
    ['from another website', () => ({ origin: 'https://evil.example' })],
    ['for no job', () => ({ 'docket-job': '' })],
    ['for a job that takes no files', ({ records }) => ({ 'docket-job': records.jobs.van.id })],
    ['for an internal job', ({ records }) => ({ 'docket-job': records.jobs.hidden.id })],
    ['for a job of somebody else', ({ records }) => ({ 'docket-job': records.jobs.yusufs.id })],
  ])('[P5] %s is answered as if there were no such place', async (_, more) => {
    const answer = await begin(anna, more(office));
    expect(answer.statusCode).toBe(404);
    expect(JSON.parse(answer.body)).toEqual({
      error: 'not-found',
      sentence: 'There is nothing here that you can open.',
    });
  });

  test('of a kind that is not supported is refused with a sentence when it is through', async () => {
    const page = Buffer.from('<html><script>1</script></html>');
    const hash = blobIdOf(page);
    await anna.send('POST', '/portal/uploads', {
      ...headers,
      'upload-length': String(page.length),
      'upload-metadata': `sha256 ${Buffer.from(hash).toString('base64')}`,
    });
    const answer = await anna.send(
      'PATCH',
      `/portal/uploads/${hash}`,
      { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      page,
    );
    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'blob-type-refused' });
  });

  test('larger than 25 MB does not even begin', async () => {
    const answer = await begin(anna, { 'upload-length': String(25 * 1024 * 1024 + 1) });
    expect(answer.statusCode).toBe(413);
  });
});
