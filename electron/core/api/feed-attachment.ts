// A file as the screen shows it, in the feed and among the job's files.

import { BROWSER_IMAGE_TYPES, MEDIA_TYPES } from '../../../sync-server/protocol/blobs.ts';
import type { Attachment, Entry, Renditions } from '../../../sync-server/protocol/entries.ts';
import type { Mail } from '../../../sync-server/protocol/records.ts';
import { findBlob } from '../attachments/blobs.ts';
import { renditionsOf } from '../attachments/renditions.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { memberName } from '../mirror/people.ts';
import type { Reader } from '../mirror/reading.ts';
import { filePictures } from './file-pictures.ts';
import type { FeedAttachment, FilePictures, Undone } from './files-contract.ts';

const NO_PICTURES: FilePictures = {
  thumbnailUrl: null,
  previewUrl: null,
  jpegUrl: null,
  problem: null,
  hasLocation: false,
};

export function toFeedAttachment(
  mirror: ReadableMirror,
  reader: Reader,
  attachment: Attachment,
): FeedAttachment {
  return attachmentAs(mirror, reader, attachment, {
    made: renditionsOf(mirror, attachment),
    onDevice: findBlob(mirror, attachment.blobId) !== undefined,
  });
}

/** What is known beside the record, looked up one by one or for a whole job at once. */
interface Known {
  readonly made: Renditions | undefined;
  readonly onDevice: boolean;
}

export function attachmentAs(
  mirror: ReadableMirror,
  reader: Reader,
  attachment: Attachment,
  { made, onDevice }: Known,
): FeedAttachment {
  const { id, blobId, name, mediaType, sizeBytes, audience } = attachment;
  const url = `/attachments/${id}`;
  const isPicture = BROWSER_IMAGE_TYPES.has(mediaType);
  const isGone = attachment.redacted !== undefined;
  const pictures = isGone ? NO_PICTURES : filePictures(url, attachment, made);
  return {
    id,
    blobId,
    name,
    mediaType,
    typeName: MEDIA_TYPES[mediaType] ?? 'File',
    sizeBytes,
    audience,
    url,
    isPicture,
    ...pictures,
    onDevice,
    keepsLocation: attachment.keepsLocation === true,
    undone: undoneOf(mirror, reader, attachment),
  };
}

/** Removed for good says more than withdrawn, and comes after it. (C10) */
export function undoneOf(
  mirror: ReadableMirror,
  reader: Reader,
  record: Entry | Attachment,
): Undone | null {
  const undoing = record.redacted ?? record.withdrawn;
  if (undoing === undefined) return null;
  const { memberId, at } = undoing;
  return {
    how: record.redacted === undefined ? 'withdrawn' : 'redacted',
    byName: memberName(mirror, memberId),
    mine: memberId === reader.memberId,
    at,
    customerSeenAt: undoing.customerSeenAt ?? record.withdrawn?.customerSeenAt ?? null,
    mailedAt: mailedBefore(mirror, record, record.withdrawn?.at ?? at),
  };
}

function mailedBefore(
  mirror: ReadableMirror,
  record: Entry | Attachment,
  before: string,
): string | null {
  if (record.audience !== 'visible') return null;
  const entryId = 'entryId' in record ? record.entryId : record.id;
  const mails = mirror
    .all<{ data: string }>('SELECT data FROM mail WHERE job_id = @jobId', { jobId: record.jobId })
    .map(({ data }) => JSON.parse(data) as Mail);
  const told = mails.find(
    ({ state, at, entryIds }) => state === 'sent' && at <= before && entryIds.includes(entryId),
  );
  return told?.at ?? null;
}
