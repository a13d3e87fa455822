// Replies that wait for their time, or were held, as a full copy tells of them behind what happened. (G4, C8)

import type {
  ScheduledFile,
  ScheduledReply,
} from '../../../sync-server/protocol/scheduled-replies.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { memberName } from '../mirror/people.ts';
import { openReplies } from '../mirror/scheduled.ts';
import { picturesOf } from './copy-files.ts';
import type { CopyTimes } from './copy-times.ts';
import type { CopyEntry, CopyFile } from './job-copy.ts';

export function scheduledCopy(
  { mirror, times }: { readonly mirror: ReadableMirror; readonly times: CopyTimes },
  jobId: string,
): { readonly entries: readonly CopyEntry[]; readonly files: readonly CopyFile[] } {
  const replies = openReplies(mirror, jobId).map(({ reply }) => ({
    reply,
    authorName: memberName(mirror, reply.authorId),
  }));
  return {
    entries: replies.map(({ reply, authorName }) => scheduledEntry(reply, authorName, times)),
    files: replies.flatMap(({ reply, authorName }) =>
      reply.files.map((file) => scheduledFile(file, authorName)),
    ),
  };
}

function scheduledEntry(reply: ScheduledReply, authorName: string, times: CopyTimes): CopyEntry {
  const held = reply.held === undefined ? '' : `, and held ${times.moment(reply.held.at)}`;
  return {
    at: reply.writtenAt,
    print: {
      who: authorName,
      did: null,
      audience: 'visible',
      time: times.ofEntry(reply),
      notes: [
        {
          look: 'warn',
          words: `Not sent: scheduled for ${times.moment(reply.sendAt)}${held}`,
        },
      ],
      text: reply.text === '' ? null : reply.text,
      isStruck: false,
      changes: [],
    },
    files: reply.files.map(({ id }) => id),
    data: { kind: 'scheduled_reply', ...reply, authorName },
  };
}

function scheduledFile(file: ScheduledFile, authorName: string): CopyFile {
  const { id, name, mediaType, sizeBytes, blobId, audience, renditions } = file;
  return {
    id,
    name,
    mediaType,
    sizeBytes,
    blobId,
    pictureIds: picturesOf(file, renditions, blobId),
    isRemoved: false,
    audience,
    isStruck: false,
    note: 'Not sent: scheduled',
    from: authorName,
    data: { id, name, mediaType, sizeBytes, audience, blobId },
  };
}
