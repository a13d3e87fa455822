// The files of a copy: what is not on this device is fetched first, some at a time, and what cannot be had is told. (G4, D9)

import { BROWSER_IMAGE_TYPES } from '../../../sync-server/protocol/blobs.ts';
import type { Attachment, Renditions } from '../../../sync-server/protocol/entries.ts';
import type { AttachmentId, BlobId } from '../../../sync-server/protocol/ids.ts';
import { keepBlob, type OpenAttachmentParts } from '../attachments/open-attachment.ts';
import { namesInFolder } from '../attachments/zip-files.ts';
import { AppError } from '../errors.ts';
import type { CopyFile } from './job-copy.ts';

export const FILES_FOLDER = 'Files';
/** So many are fetched at once. */
const FETCHED_AT_ONCE = 4;

export interface LaidFiles {
  /** Where each stands that can be looked at. */
  readonly pictures: ReadonlyMap<AttachmentId, string>;
  /** What a zip holds, in order, each with its path in it. */
  readonly inZip: readonly {
    readonly file: CopyFile;
    readonly blobId: BlobId;
    readonly path: string;
  }[];
  readonly pathInZip: ReadonlyMap<AttachmentId, string>;
  readonly missing: readonly string[];
}

export interface LayOptions {
  /** Their bytes go into a zip; of a PDF only what is looked at is needed. */
  readonly withBytes: boolean;
  readonly signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/** @throws what aborted the signal */
export async function layFiles(
  parts: OpenAttachmentParts,
  files: readonly CopyFile[],
  { withBytes, signal, onProgress }: LayOptions,
): Promise<LaidFiles> {
  const standing = files.filter(({ isRemoved }) => !isRemoved);
  const pictures = new Map<AttachmentId, string>();
  const bytes = new Map<AttachmentId, BlobId>();
  let done = 0;
  const todo = standing.values();
  const laySome = async () => {
    for (const file of todo) {
      signal.throwIfAborted();
      const pictureId = await firstHere(parts, file);
      if (pictureId !== undefined) pictures.set(file.id, parts.blobs.pathOf(pictureId));
      if (withBytes && file.blobId !== null && (await isKept(parts, file, file.blobId)))
        bytes.set(file.id, file.blobId);
      done += 1;
      onProgress(done, standing.length);
    }
  };
  await Promise.all(Array.from({ length: FETCHED_AT_ONCE }, laySome));
  signal.throwIfAborted();
  const held = standing.flatMap((file) => {
    const blobId = bytes.get(file.id);
    return blobId === undefined ? [] : [{ file, blobId }];
  });
  const paths = namesInFolder(
    FILES_FOLDER,
    held.map(({ file }) => file.name),
  );
  const inZip = held.map((one, index) => ({ ...one, path: paths[index] ?? one.file.name }));
  const isMissing = ({ id, mediaType }: CopyFile) =>
    withBytes ? !bytes.has(id) : mediaType.startsWith('image/') && !pictures.has(id);
  return {
    pictures,
    inZip,
    pathInZip: new Map(inZip.map(({ file, path }) => [file.id, path])),
    missing: standing.filter(isMissing).map(({ name }) => name),
  };
}

/** What of a file can be looked at on paper, best first. */
export function picturesOf(
  { mediaType }: Pick<Attachment, 'mediaType'>,
  made: Renditions | undefined,
  blobId: BlobId | null,
): BlobId[] {
  if (!mediaType.startsWith('image/')) return [];
  const original = BROWSER_IMAGE_TYPES.has(mediaType) ? blobId : null;
  return [made?.preview, made?.thumbnail, original].filter((id) => id != null);
}

/** One that lies here, else the first that can be fetched. */
async function firstHere(
  parts: OpenAttachmentParts,
  { pictureIds }: CopyFile,
): Promise<BlobId | undefined> {
  for (const id of pictureIds) if ((await parts.blobs.sizeOf(id)) !== undefined) return id;
  for (const id of pictureIds) if (await isKept(parts, {}, id)) return id;
  return undefined;
}

async function isKept(
  parts: OpenAttachmentParts,
  { mediaType }: { readonly mediaType?: string },
  blobId: BlobId,
): Promise<boolean> {
  try {
    await keepBlob(parts, { blobId, ...(mediaType === undefined ? {} : { mediaType }) });
    return true;
  } catch (error) {
    // A disk without room ends the whole copy.
    if (error instanceof AppError && error.kind !== 'disk-full') return false;
    throw error;
  }
}
