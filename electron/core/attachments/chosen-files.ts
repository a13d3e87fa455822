// The files a person chose for what they did, whatever it was: pictures made of them are none of these. (D7, H4)

import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import type { OutboxMutation } from '../outbox/outbox.ts';
import { findBlob } from './blobs.ts';

export interface ChosenFile {
  readonly blobId: BlobId;
  readonly name: string;
  readonly sizeBytes: number;
}

export function chosenFiles(
  mirror: ReadableMirror,
  { name, args }: Pick<OutboxMutation, 'name' | 'args'>,
): ChosenFile[] {
  if (name === 'post_entry' || name === 'schedule_reply')
    return (args as MutationArgs<'post_entry'>).attachments;
  if (name === 'create_canned_reply') return (args as MutationArgs<'create_canned_reply'>).files;
  if (name === 'update_canned_reply')
    return (args as MutationArgs<'update_canned_reply'>).changes.flatMap((change) =>
      change.field === 'files' ? change.to : [],
    );
  if (name !== 'update_workspace') return [];
  return (args as MutationArgs<'update_workspace'>).changes.flatMap((change) =>
    change.field === 'logoBlobId' && change.to !== null ? [logo(mirror, change.to)] : [],
  );
}

/** It was chosen without a name that anybody would read. */
function logo(mirror: ReadableMirror, blobId: BlobId): ChosenFile {
  const { mediaType = '', sizeBytes = 0 } = findBlob(mirror, blobId) ?? {};
  const [, ending] = mediaType.split('/');
  return { blobId, name: ending === undefined ? 'Logo' : `Logo.${ending}`, sizeBytes };
}
