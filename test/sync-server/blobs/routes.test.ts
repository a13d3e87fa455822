import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blobIdOf } from '../../support/builders.ts';
import { signInDevice, type TestDevice } from '../../support/test-device.ts';
import { addOffice, startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let mara: TestDevice;
beforeEach(async () => {
  server = await startTestServer();
  mara = await signInDevice(server);
});
afterEach(() => server.stop());

const bytes = Buffer.from('Estimate 114: 2.340,00 EUR, wing and paint.');
const id = blobIdOf(bytes);
const get = (method: 'GET' | 'HEAD', headers: Record<string, string> = {}, blobId: string = id) =>
  server.app.inject({
    method,
    url: `/api/blobs/${blobId}`,
    headers: { ...mara.headers, ...headers },
  });

describe('fetching bytes', () => {
  beforeEach(() => mara.putBlob(id, bytes));

  it('[B1] gives the bytes with their kind and size, never as a page of ours', async () => {
    const answer = await get('GET');
    expect(answer.rawPayload).toEqual(bytes);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain',
      'content-length': String(bytes.length),
      'content-disposition': 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  it('(D7) gives a part, so that a download goes on where it stopped', async () => {
    const cases = [
      ['bytes=9-', 206, bytes.subarray(9)],
      ['bytes=0-3', 206, bytes.subarray(0, 4)],
      ['bytes=-5', 206, bytes.subarray(-5)],
      ['bytes=5-9999', 206, bytes.subarray(5)],
      ['bytes=0-1,4-5', 200, bytes],
      ['lines=1-2', 200, bytes],
      ['bytes=5-2', 200, bytes],
    ] as const;
    for (const [range, statusCode, part] of cases) {
      const answer = await get('GET', { range });
      expect([range, answer.statusCode]).toEqual([range, statusCode]);
      expect(answer.rawPayload).toEqual(part);
    }
    const beyond = await get('GET', { range: 'bytes=9999-' });
    expect(beyond.statusCode).toBe(416);
    expect(beyond.headers['content-range']).toBe(`bytes */${bytes.length}`);
  });

  it('[B6] gives the whole to who has a part of something else under this name', async () => {
    const range = 'bytes=9-';
    const same = await get('GET', { range, 'if-range': `"${id}"` });
    expect(same.rawPayload).toEqual(bytes.subarray(9));
    const other = await get('GET', { range, 'if-range': '"another"' });
    expect([other.statusCode, other.rawPayload]).toEqual([200, bytes]);
  });

  it('[V2] a blob of another office and one that is nowhere get the same answer', async () => {
    const other = await addOffice(server.data, 'elsewhere.example');
    const stranger = await signInDevice(server, { email: other.mara.email });
    const ask = (blobId: string) =>
      server.app.inject({ url: `/api/blobs/${blobId}`, headers: stranger.headers });
    const theirs = await ask(id);
    const nowhere = await ask(blobIdOf('nowhere'));
    expect(theirs.statusCode).toBe(404);
    expect(theirs.body).toBe(nowhere.body);
  });
});

it('[V2] a name that is no hash is not found, whatever it tries to be', async () => {
  for (const name of ['x', id.toUpperCase(), '..%2f..%2fserver.sqlite', `${id}%00`])
    expect((await get('GET', {}, name)).statusCode).toBe(404);
});

it('(D1) a photo is known as what it is', async () => {
  expect(await mara.putBlob(blobIdOf(PNG), PNG)).toBe(201);
  expect((await get('HEAD', {}, blobIdOf(PNG))).headers['content-type']).toBe('image/png');
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
