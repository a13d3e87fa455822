// A large photo is looked through beside everybody else. (D6)

import sharp from 'sharp';
import { afterEach, expect, test, vi } from 'vitest';
import { cleanAside, SMALL_BYTES } from '../../../sync-server/portal/clean-aside.ts';
import { CleanedCopies } from '../../../sync-server/portal/cleaned-copies.ts';
import * as looking from '../../../sync-server/protocol/location/without-location.ts';
import { openPortalOffice } from '../../support/portal-office.ts';

vi.mock(import('../../../sync-server/protocol/location/without-location.ts'), { spy: true });
afterEach(() => vi.clearAllMocks());

/** As large as is wanted, in an array of its own: it goes to the thread. */
async function photo(withPlace: boolean, restBytes: number) {
  const image = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } });
  if (withPlace) image.withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '53/1 32/1 45/1' } });
  const png = await image.png().toBuffer();
  const end = png.subarray(-12);
  const pixels = Buffer.from('\0\0\0\0IDAT\0\0\0\0', 'latin1');
  pixels.writeUInt32BE(restBytes);
  const rest = Buffer.concat([pixels.subarray(0, 8), Buffer.alloc(restBytes), pixels.subarray(8)]);
  return new Uint8Array(Buffer.concat([png.subarray(0, -12), rest, end])).buffer;
}

test.each([
  ['with a place', true, 'cleaned'],
  ['without one', false, 'has-none'],
])('(D6) a large photo %s holds up nobody', async (_what, withPlace, kind) => {
  const bytes = await photo(withPlace, SMALL_BYTES);
  const copy = new Uint8Array(bytes.slice());
  const found = await cleanAside({ bytes, mediaType: 'image/png' });
  expect(looking.withoutLocation).not.toHaveBeenCalled();
  expect(found.kind).toBe(kind);
  expect(found).toEqual(looking.withoutLocation(copy, 'image/png'));
});

test('(D6) nobody can tell of a large photo that is broken', async () => {
  const bytes = new ArrayBuffer(SMALL_BYTES + 1);
  expect(await cleanAside({ bytes, mediaType: 'image/jpeg' })).toEqual({ kind: 'cannot-tell' });
});

test('(D6) a small one is not worth a thread', async () => {
  const found = await cleanAside({ bytes: await photo(true, 0), mediaType: 'image/png' });
  expect(looking.withoutLocation).toHaveBeenCalledTimes(1);
  expect(found.kind).toBe('cleaned');
});

test('(D6) a customer’s copy of a large photo is made beside everybody else', async () => {
  const office = await openPortalOffice();
  const { id: workspaceId } = office.records.workspace;
  const bytes = Buffer.from(await photo(true, SMALL_BYTES));
  const { blobId } = await office.keeper.take(workspaceId, inOne(bytes));
  const copy = await new CleanedCopies(office).of({ workspaceId, blobId }, 'image/png');
  expect(copy).toMatchObject({ kind: 'kept', sizeBytes: expect.any(Number) });
  expect(looking.withoutLocation).not.toHaveBeenCalled();
  await office.close();
});

async function* inOne(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
