import { describe, expect, test } from 'vitest';
import type { FileRow } from '../../../electron/core/api/files-contract.ts';
import { filesShownFrom, filesShownSearch } from '../../../renderer/files/file-sieve.ts';
import { countFiles, sieved } from '../../../electron/core/api/file-sieve.ts';
import { anAttachment, anEntryId } from '../../support/builders.ts';

function aRow(overrides: Partial<FileRow> = {}): FileRow & { older: [] } {
  const { id, blobId, name, mediaType, sizeBytes, audience } = anAttachment();
  return {
    id,
    name,
    mediaType,
    typeName: 'JPEG image',
    sizeBytes,
    audience,
    url: `/attachments/${id}`,
    isPicture: true,
    thumbnailUrl: null,
    previewUrl: null,
    jpegUrl: null,
    problem: null,
    onDevice: true,
    keepsLocation: false,
    hasLocation: null,
    blobId,
    undone: null,
    entryId: anEntryId(),
    at: '2026-11-02T09:00:00.000Z',
    authorName: 'Mara Kühn',
    mine: false,
    fromCustomer: false,
    isWaiting: false,
    ...overrides,
    older: [],
  };
}
const names = (files: readonly FileRow[]) => files.map(({ name }) => name);
const pdf = { mediaType: 'application/pdf', typeName: 'PDF' };
const files = [
  aRow({ name: 'Müller 10.pdf', sizeBytes: 30, at: '2026-11-03T00:00:00.000Z', ...pdf }),
  aRow({ name: 'wing.jpg', sizeBytes: 20, audience: 'visible', fromCustomer: true }),
  aRow({ name: 'Müller 9.pdf', sizeBytes: 10, at: '2026-11-01T00:00:00.000Z', ...pdf }),
];

describe('(A3) what of a job’s files is shown', () => {
  test('newest first, until the address says otherwise; names count as people count', () => {
    expect(names(sieved(files, filesShownFrom('')))).toEqual([
      'Müller 10.pdf',
      'wing.jpg',
      'Müller 9.pdf',
    ]);
    expect(names(sieved(files, filesShownFrom('sort=name')))).toEqual([
      'Müller 9.pdf',
      'Müller 10.pdf',
      'wing.jpg',
    ]);
    expect(names(sieved(files, filesShownFrom('sort=size')))).toEqual([
      'Müller 10.pdf',
      'wing.jpg',
      'Müller 9.pdf',
    ]);
    expect(names(sieved(files, filesShownFrom('sort=size&order=asc'))).at(0)).toBe('Müller 9.pdf');
  });

  test('filters combine, and a name is found without its accents', () => {
    expect(names(sieved(files, filesShownFrom('type=pdf&q=muller')))).toHaveLength(2);
    expect(names(sieved(files, filesShownFrom('type=pdf&audience=from_customer')))).toEqual([]);
    expect(names(sieved(files, filesShownFrom('audience=from_customer')))).toEqual(['wing.jpg']);
  });

  test('counts are of the whole job, and a customer’s file counts once', () => {
    expect(countFiles(files)).toEqual({
      all: 3,
      types: { picture: 1, pdf: 2, document: 0, sheet: 0 },
      audiences: { internal: 2, visible: 0, from_customer: 1 },
    });
  });

  test('what stands in the address comes back from it; what it does not know is left out', () => {
    for (const search of ['', 'view=list&sort=size&order=asc&type=pdf&audience=visible&q=a+b'])
      expect(filesShownSearch(filesShownFrom(search))).toBe(search);
    expect(filesShownFrom('sort=colour&type=film&view=map')).toEqual(filesShownFrom(''));
  });
});
