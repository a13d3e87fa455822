import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UNFINISHED_MS } from '../../../sync-server/blobs/upload-store.ts';
import { MAX_BLOB_BYTES } from '../../../sync-server/protocol/blobs.ts';
import { blobIdOf } from '../../support/builders.ts';
import { anUpload, signInDevice, type TestDevice } from '../../support/test-device.ts';
import { addOffice, startTestServer, type TestServer } from '../../support/test-server.ts';

const TUS = { 'tus-resumable': '1.0.0' };
/** However slow the machine is. */
const PATIENCE_MS = 20_000;
const OFFSET_BYTES = 'application/offset+octet-stream';
const bytes = Buffer.from('Estimate 114: 2.340,00 EUR, wing and paint. '.repeat(40_000));
const id = blobIdOf(bytes);

let server: TestServer;
let mara: TestDevice;
beforeEach(async () => {
  server = await startTestServer();
  mara = await signInDevice(server);
});
afterEach(() => server.stop());

const send = (device: TestDevice, upload: ReturnType<typeof anUpload>) =>
  server.app.inject({ ...upload, headers: { ...device.headers, ...upload.headers } });
const goOn = (offset: number, part: Uint8Array, blobId: string = id, device = mara) =>
  server.app.inject({
    method: 'PATCH',
    url: `/api/uploads/${blobId}`,
    headers: {
      ...device.headers,
      ...TUS,
      'upload-offset': String(offset),
      'content-type': OFFSET_BYTES,
    },
    payload: Buffer.from(part),
  });
/** How far the server holds an upload; undefined where it knows none. */
const offsetOf = async (device = mara, blobId: string = id) => {
  const answer = await server.app.inject({
    method: 'HEAD',
    url: `/api/uploads/${blobId}`,
    headers: { ...device.headers, ...TUS },
  });
  return answer.statusCode === 404 ? undefined : Number(answer.headers['upload-offset']);
};
const isHeld = async (blobId: string = id) => {
  const answer = await server.app.inject({
    method: 'HEAD',
    url: `/api/blobs/${blobId}`,
    headers: mara.headers,
  });
  return answer.statusCode === 200;
};
const unfinished = () => readdir(join(server.config.dataFolder, 'uploads'));

/** Sends the first part of an upload over a real line, and no more. */
async function hangAfter(partBytes: number, device = mara) {
  const { headers } = anUpload(id, bytes);
  const hanging = request({
    port: server.port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/api/uploads',
    headers: { ...device.headers, ...headers, 'content-length': bytes.length },
  });
  const closed = new Promise<void>((resolve) => hanging.on('error', () => resolve()));
  hanging.write(bytes.subarray(0, partBytes));
  const hasArrived = async () => (await unfinishedBytes()) === partBytes;
  await vi.waitUntil(hasArrived, { timeout: PATIENCE_MS });
  return { closed, breakOff: () => hanging.destroy() };
}

async function breakAfter(partBytes: number, device = mara): Promise<void> {
  const { closed, breakOff } = await hangAfter(partBytes, device);
  breakOff();
  await closed;
}

/** Over a real line, without saying how many bytes there will be. */
async function sendUnsaid(said: number, payload: Uint8Array): Promise<number | undefined> {
  const { headers } = anUpload(id, bytes);
  const unsaid = request({
    port: server.port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/api/uploads',
    headers: { ...mara.headers, ...headers, 'upload-length': said },
  });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    unsaid.once('response', (answer) => resolve(answer.resume().statusCode));
    unsaid.once('error', reject);
  });
  unsaid.write(payload);
  unsaid.end();
  return answered;
}

const unfinishedBytes = async () => {
  const name = await idOfFirst();
  return name === '' ? 0 : (await stat(join(server.config.dataFolder, 'uploads', name))).size;
};
const idOfFirst = async () => (await unfinished()).find((name) => !name.endsWith('.json')) ?? '';

describe('[B3] an upload', () => {
  it('takes one request for a whole file, and none of it stays beside the blob', async () => {
    const answer = await send(mara, anUpload(id, bytes));
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).toMatchObject({
      location: `/api/uploads/${id}`,
      'upload-offset': String(bytes.length),
      'x-content-type-options': 'nosniff',
    });
    expect(await isHeld()).toBe(true);
    expect(await unfinished()).toEqual([]);
  });

  it('goes on at the byte after the line broke, hashed over the break', async () => {
    await breakAfter(500_000);
    expect(await offsetOf()).toBe(500_000);
    expect((await goOn(500_000, bytes.subarray(500_000))).statusCode).toBe(204);
    expect(await isHeld()).toBe(true);
    expect(await unfinished()).toEqual([]);
  });

  it('goes on after the server was started anew', async () => {
    await breakAfter(70_000);
    await server.stop({ keepFolder: true });
    const { folder, office } = server;
    server = await startTestServer({ folder, office });
    expect(await offsetOf()).toBe(70_000);
    expect((await goOn(70_000, bytes.subarray(70_000))).statusCode).toBe(204);
    const got = await server.app.inject({ url: `/api/blobs/${id}`, headers: mara.headers });
    expect(got.rawPayload).toEqual(bytes);
  });

  it('says so where a part does not follow on what is there, and loses nothing by it', async () => {
    await breakAfter(1000);
    const answer = await goOn(900, bytes.subarray(900));
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ error: 'upload-elsewhere' });
    expect(await offsetOf()).toBe(1000);
  });

  it('cuts off the request before where its device comes again, and goes on from there', async () => {
    const before = await hangAfter(70_000);
    expect(await offsetOf()).toBe(70_000);
    await before.closed;
    expect((await goOn(70_000, bytes.subarray(70_000))).statusCode).toBe(204);
    expect(await isHeld()).toBe(true);
  });

  it('goes on with what an earlier version of the server had begun', async () => {
    await breakAfter(70_000);
    const named = join(server.config.dataFolder, 'uploads', `${await idOfFirst()}.json`);
    const metadata = { sha256: id };
    await writeFile(named, JSON.stringify({ id: 'x', metadata, size: bytes.length, offset: 0 }));
    expect((await goOn(70_000, bytes.subarray(70_000))).statusCode).toBe(204);
    expect(await isHeld()).toBe(true);
  });

  it('is begun anew where a power cut left nothing of what was said about it', async () => {
    await breakAfter(70_000);
    await writeFile(join(server.config.dataFolder, 'uploads', `${await idOfFirst()}.json`), '');
    expect(await offsetOf()).toBeUndefined();
    expect((await send(mara, anUpload(id, bytes))).statusCode).toBe(201);
    expect(await isHeld()).toBe(true);
  });

  it('in another version of the protocol is told which one is spoken here', async () => {
    const { headers, ...upload } = anUpload(id, bytes);
    const answer = await send(mara, {
      ...upload,
      headers: { ...headers, 'tus-resumable': '9.0.0' as '1.0.0' },
    });
    expect(answer.statusCode).toBe(412);
    expect(answer.headers['tus-version']).toBe('1.0.0');
    expect(await unfinished()).toEqual([]);
  });

  it('[B1] of bytes with another hash is refused, and nothing stays', async () => {
    const answer = await send(mara, anUpload(blobIdOf('else'), bytes));
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ error: 'blob-hash-wrong' });
    expect(await isHeld(blobIdOf('else'))).toBe(false);
    expect(await isHeld()).toBe(false);
    expect(await unfinished()).toEqual([]);
  });

  it('whose last answer was lost is ended by sending no bytes at its end', async () => {
    const { keeper } = await stoppedAtItsEnd();
    expect(await offsetOf()).toBe(bytes.length);
    keeper.restore();
    expect((await goOn(bytes.length, Buffer.alloc(0))).statusCode).toBe(204);
    expect(await isHeld()).toBe(true);
    expect(await unfinished()).toEqual([]);
  });

  it('[B1] of the same bytes by two devices at once ends well for both', async () => {
    const jonas = await signInDevice(server, { email: server.office.jonas.email });
    const both = await Promise.all([mara, jonas].map((one) => send(one, anUpload(id, bytes))));
    expect(both.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    expect(await isHeld()).toBe(true);
    expect(await unfinished()).toEqual([]);
  });

  it('[V2] is nobody else’s to see or to go on with: a colleague, another device, another office', async () => {
    await breakAfter(1000);
    const other = await addOffice(server.data, 'elsewhere.example');
    const others = [
      await signInDevice(server, { email: server.office.jonas.email }),
      await signInDevice(server),
      await signInDevice(server, { email: other.mara.email }),
    ];
    for (const device of others) {
      expect(await offsetOf(device)).toBeUndefined();
      expect((await goOn(1000, bytes.subarray(1000), id, device)).statusCode).toBe(404);
    }
    expect(await offsetOf()).toBe(1000);
  });

  it('that nobody went on with is given up after its time, and a young one is not', async () => {
    await breakAfter(1000);
    expect(await server.data.uploads.forgetAbandoned(Date.now() + UNFINISHED_MS / 2)).toBe(0);
    expect(await offsetOf()).toBe(1000);
    const longAgo = (Date.now() - UNFINISHED_MS - 1000) / 1000;
    const folder = join(server.config.dataFolder, 'uploads');
    await utimes(join(folder, await idOfFirst()), longAgo, longAgo);
    expect(await server.data.uploads.forgetAbandoned(Date.now())).toBe(1);
    expect(await unfinished()).toEqual([]);
    expect(await offsetOf()).toBeUndefined();
  });
});

describe('what is taken', () => {
  it('(D2) 25 MB exactly, and not one byte more, said or unsaid', async () => {
    const most = Buffer.alloc(MAX_BLOB_BYTES, 'a');
    const tooMany = Buffer.alloc(MAX_BLOB_BYTES + 1, 'a');
    expect(await mara.putBlob(blobIdOf(most), most)).toBe(201);
    const refused = await send(mara, anUpload(blobIdOf(tooMany), tooMany));
    expect(refused.statusCode).toBe(413);
    expect(refused.json()).toMatchObject({ sentence: expect.stringContaining('25 MB') as string });
    const { headers, ...upload } = anUpload(blobIdOf(tooMany), tooMany);
    const unsaid = { ...headers, 'upload-length': String(MAX_BLOB_BYTES) };
    expect((await send(mara, { ...upload, headers: unsaid })).statusCode).toBe(413);
    expect(await isHeld(blobIdOf(tooMany))).toBe(false);
  });

  it('(D2) no byte more than was said, where a request does not say how many it brings', async () => {
    expect(await sendUnsaid(bytes.length - 1, bytes)).toBe(413);
    expect(await isHeld()).toBe(false);
    expect(await sendUnsaid(bytes.length, bytes)).toBe(201);
    expect(await isHeld()).toBe(true);
  });

  it('(D1) is decided by content: pages, programs and nothing at all are refused whatever they say', async () => {
    for (const text of [
      '<!doctype html><script>alert(1)</script>',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      '\u007fELF\u0002\u0001\u0001\u0000',
      '',
    ]) {
      const payload = Buffer.from(text);
      expect(await mara.putBlob(blobIdOf(payload), payload)).toBe(422);
      expect(await isHeld(blobIdOf(payload))).toBe(false);
    }
    expect(await unfinished()).toEqual([]);
  });

  it('[V2] has a hash for a name, and nothing that tries to be more', async () => {
    for (const name of ['x', id.toUpperCase(), '../../server.sqlite', `${id}\u0000`, ''])
      expect(await mara.putBlob(name, bytes)).toBe(400);
    for (const name of ['x', '..%2f..%2fserver.sqlite', `${id}%00`])
      expect((await goOn(0, bytes, name)).statusCode).toBe(404);
    expect(await unfinished()).toEqual([]);
  });
});

/** The server has all bytes and could not finish: its disk said no at that moment. */
async function stoppedAtItsEnd() {
  const { blobs } = server.data;
  const adopt = vi.spyOn(blobs, 'adopt').mockRejectedValue(new Error('The disk said no.'));
  expect((await send(mara, anUpload(id, bytes))).statusCode).toBe(500);
  return { keeper: { restore: () => adopt.mockRestore() } };
}
