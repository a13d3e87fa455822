// Sending files, as a customer's browser does without script. (E4)

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_BLOB_BYTES } from '../../../sync-server/protocol/blobs.ts';
import { blobIdOf } from '../../support/builders.ts';
import {
  formTo,
  type PortalBrowser,
  type SentFile,
  wordsOn,
} from '../../support/portal-browser.ts';
import { openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';

let office: PortalOffice;
let anna: PortalBrowser;
beforeEach(async () => {
  office = await openPortalOffice();
  anna = await office.signedIn();
});
afterEach(() => office.close());

const golf = () => office.records.jobs.golf;
const golfPath = () => `/portal/jobs/${golf().id}`;
const note: SentFile = { name: 'note.txt', bytes: Buffer.from('Left door, two dents.') };
const list: SentFile = { name: 'list.txt', bytes: Buffer.from('One, two, three.') };
const page: SentFile = { name: 'page.html', bytes: Buffer.from('<html><script>1</script>') };

async function send(
  files: readonly SentFile[],
  more: Readonly<Record<string, string | readonly string[]>> = {},
  headers: Record<string, string> = {},
) {
  const form = formTo((await anna.get(golfPath())).body, 'replies');
  return anna.postFiles(form.action, { ...form.fields, text: '', ...more }, files, headers);
}
const entries = async () =>
  (await office.storage.entriesOfJob(office.records.workspace.id, golf().id))
    .map(({ record }) => record)
    .filter(({ author }) => author.kind === 'customer')
    .slice(1);
const attachments = async () =>
  (await office.storage.attachmentsOfJob(office.records.workspace.id, golf().id))
    .map(({ record }) => record)
    .filter(({ name }) => name.endsWith('.txt') || name.startsWith('photo'))
    .sort((a, b) => (a.name < b.name ? 1 : -1));

describe('(E4) sending files', () => {
  test('files with a message are one entry from the customer, and can be downloaded again', async () => {
    const sent = await send([note, list], { text: 'As promised' });
    expect(sent.statusCode).toBe(303);
    const { body } = await anna.follow(sent);
    expect(wordsOn(body)).toMatch(/You.*As promised.*note\.txt.*list\.txt.*Sent to Nordhafen/);
    expect(await entries()).toMatchObject([{ kind: 'reply', text: 'As promised' }]);
    const files = await attachments();
    expect(files).toMatchObject([
      { name: 'note.txt', mediaType: 'text/plain', sizeBytes: 21, audience: 'visible' },
      { name: 'list.txt', author: { kind: 'customer', customerId: office.records.anna.id } },
    ]);
    const download = await anna.get(`/portal/files/${files[0]?.id}`);
    expect(download.bytes).toEqual(note.bytes);
  });

  test('files without a text are a file entry', async () => {
    expect((await send([note])).statusCode).toBe(303);
    expect(await entries()).toMatchObject([{ kind: 'file' }]);
  });

  test('[P1] the same form sent three times at once posts once', async () => {
    const form = formTo((await anna.get(golfPath())).body, 'replies');
    const press = () => anna.postFiles(form.action, { ...form.fields, text: 'Once' }, [note]);
    const answers = await Promise.all([press(), press(), press()]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    expect(await entries()).toHaveLength(1);
    expect(await attachments()).toHaveLength(1);
  });

  test('(D2) one bad file is named, nothing is sent yet, and the good ones wait for the next Send', async () => {
    const empty = { name: 'empty.txt', bytes: Buffer.alloc(0) };
    const large = { name: 'large.txt', bytes: Buffer.alloc(MAX_BLOB_BYTES + 1, 'x') };
    const answer = await send([note, page, empty, large, list], { text: 'My files' });
    expect(answer.statusCode).toBe(422);
    const words = wordsOn(answer.body);
    expect(words).toContain('“page.html” was not added: this kind of file is not supported.');
    expect(words).toContain('“empty.txt” was not added: it is empty.');
    expect(words).toContain('“large.txt” was not added: it is larger than 25 MB.');
    expect(words).toContain('Nothing was sent yet.');
    expect(await entries()).toEqual([]);
    const again = formTo(answer.body, 'replies');
    const kept = [...answer.body.matchAll(/name="file" value="([^"]+)"/g)].map(
      ([, value]) => value ?? '',
    );
    expect(kept.map((value) => value.split(' ')[1])).toEqual(['note.txt', 'list.txt']);
    expect(again.fields.text).toBe('My files');
    await anna.postFiles(again.action, { ...again.fields, file: kept }, []);
    expect(await entries()).toMatchObject([{ kind: 'reply', text: 'My files' }]);
    expect((await attachments()).map(({ name }) => name)).toEqual(['note.txt', 'list.txt']);
  });

  test('(D1) what a file is, its bytes decide, whatever name and type it comes with', async () => {
    const answer = await send([{ ...page, name: 'photo.jpg', mediaType: 'image/jpeg' }]);
    expect(answer.statusCode).toBe(422);
    const text = { ...note, name: 'photo.jpg', mediaType: 'image/jpeg' };
    expect((await send([text])).statusCode).toBe(303);
    expect(await attachments()).toMatchObject([{ name: 'photo.jpg', mediaType: 'text/plain' }]);
  });

  test.each([
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Users\\anna\\note.txt', 'note.txt'],
    ['\u202Etxt.exe.txt', 'txt.exe.txt'],
    ['a\u0000b\r\nc.txt', 'a b c.txt'],
    [`${'x'.repeat(300)}.txt`, `${'x'.repeat(196)}.txt`],
    ['"><script>alert(1)</script>.txt', 'script>.txt'],
  ])('a name like %j is kept as %j', async (name, kept) => {
    await send([{ ...note, name }]);
    expect((await attachments()).map((file) => file.name)).toEqual([kept]);
  });

  test('[V2] a file another customer brought, or nobody, cannot be sent on', async () => {
    const { blobId } = office.records.files.costs;
    for (const file of [`${blobId} costs.png`, `${'0'.repeat(64)} x.png`]) {
      const answer = await send([], { file });
      expect(answer.statusCode).toBe(422);
      expect(wordsOn(answer.body)).toContain('did not reach the office. Choose it again.');
    }
    expect((await send([], { file: 'no hash' })).statusCode).toBe(400);
    expect(await entries()).toEqual([]);
  });

  test('[P5] where the pipeline allows no uploads there is no control, and nothing is even taken in', async () => {
    const path = `/portal/jobs/${office.records.jobs.van.id}`;
    expect((await anna.get(path)).body).not.toContain('type="file"');
    const form = formTo((await anna.get(golfPath())).body, 'replies');
    const answer = await anna.postFiles(`${path}/replies`, { ...form.fields, text: 'Take it' }, [
      note,
    ]);
    expect(answer.statusCode).toBe(403);
    expect(await isHeld(note)).toBe(false);
  });

  test('a forged form, another website and a signed-out browser bring nothing in', async () => {
    const forged = await send([note], { formToken: 'made-up', text: 'Kept' });
    expect(forged.statusCode).toBe(403);
    expect(formTo(forged.body, 'replies').fields.text).toBe('Kept');
    expect((await send([note], {}, { origin: 'https://evil.example' })).statusCode).toBe(403);
    const form = formTo((await anna.get(golfPath())).body, 'replies');
    const out = await office
      .browser()
      .postFiles(form.action, { ...form.fields, text: 'My story' }, [note]);
    expect(out.statusCode).toBe(401);
    expect(out.body).toContain('My story');
    expect(await isHeld(note)).toBe(false);
    expect(await entries()).toEqual([]);
  });

  test('very many fields are too large, however little is in each', async () => {
    const form = formTo((await anna.get(golfPath())).body, 'replies');
    const many = Object.fromEntries(
      Array.from({ length: 6000 }, (_, number) => [`${number}`.padEnd(40, '-'), '']),
    );
    const out = await office.browser().postFiles(form.action, { ...form.fields, ...many }, []);
    expect(out.statusCode).toBe(413);
  });

  test('more than twenty files are too many for one message', async () => {
    const files = Array.from({ length: 21 }, (_, number) => {
      return { name: `n${number}.txt`, bytes: Buffer.from(`Number ${number}`) };
    });
    const answer = await send(files);
    expect(wordsOn(answer.body)).toContain('“n20.txt” was not added: a message takes 20 files.');
  });
});

async function isHeld({ bytes }: SentFile): Promise<boolean> {
  const { workspace } = office.records;
  return (await office.storage.blob(workspace.id, blobIdOf(bytes))) !== undefined;
}
