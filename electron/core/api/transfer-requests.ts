// What a person decides about files that wait or could not be sent. (D7)

import type { BlobId, MutationId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs, WorkspaceChange } from '../../../sync-server/protocol/mutations.ts';
import { findBlob, type LocalBlob } from '../attachments/blobs.ts';
import { startOver } from '../attachments/transfers.ts';
import { AppError } from '../errors.ts';
import { blobsNamedBy } from '../outbox/accept.ts';
import { type OutboxMutation, reviveMutation } from '../outbox/outbox.ts';
import { type CannedArgs, withCannedFiles } from './canned-files.ts';
import { changeableMutation, changeOutbox } from './change-outbox.ts';
import { postArgs } from './post-args.ts';
import type { Office } from './office.ts';
import { checkLogo } from './office-care.ts';
import type { TransferRequests } from './transfers-contract.ts';

type PerformTransferRequests = {
  readonly [N in keyof TransferRequests]: (
    office: Office,
    args: TransferRequests[N]['args'],
  ) => TransferRequests[N]['answer'];
};

type PostArgs = MutationArgs<'post_entry'>;
type OfficeArgs = MutationArgs<'update_workspace'>;
type Args = PostArgs | OfficeArgs | CannedArgs;

export const transferRequests: PerformTransferRequests = {
  'outbox.replace-file': (office, { mutationId, blobId, by }) => {
    const mutation = changeableMutation(office, mutationId);
    const blob = findBlob(office.mirror, by.blobId);
    if (blob === undefined)
      throw new AppError('blob-missing', {
        sentence: `“${by.name}” is not on this device any more. Choose it again.`,
      });
    tryAgainWith(office, mutationId, withFileReplaced(office, mutation, { blobId, blob, by }));
    return {};
  },

  'outbox.remove-file': (office, { mutationId, blobId }) => {
    const args = withoutFile(changeableMutation(office, mutationId), blobId);
    if (isEmpty(args))
      throw new AppError('not-understood', {
        sentence: 'Nothing would be left to send without this file. Discard it instead.',
      });
    tryAgainWith(office, mutationId, args);
    return {};
  },
};

interface Replacing {
  readonly blobId: BlobId;
  readonly blob: LocalBlob;
  readonly by: TransferRequests['outbox.replace-file']['args']['by'];
}

function withFileReplaced(
  office: Office,
  mutation: OutboxMutation,
  { blobId, blob, by }: Replacing,
): Args {
  if (mutation.name === 'update_workspace') {
    checkLogo(office, blob.id);
    const args = mutation.args as OfficeArgs;
    const changes = args.changes.map((change) =>
      isLogo(change, blobId) ? { ...change, to: blob.id } : change,
    );
    return { ...args, changes };
  }
  const { mediaType, sizeBytes } = blob;
  const canned = withCannedFiles(mutation, (files) =>
    files.map((file) =>
      file.blobId === blobId ? { blobId: blob.id, name: by.name, mediaType, sizeBytes } : file,
    ),
  );
  if (canned !== undefined) return canned;
  const args = postArgs(mutation);
  const attachments = args.attachments.map((file) => {
    if (file.blobId !== blobId) return file;
    // Nobody was asked whether the place of this photo may be known. (D6)
    const { renditions: _ofTheOld, keepsLocation: _ofTheOldToo, ...rest } = file;
    return { ...rest, blobId: blob.id, name: by.name, mediaType, sizeBytes };
  });
  return { ...args, attachments };
}

function withoutFile(mutation: OutboxMutation, blobId: BlobId): Args {
  if (mutation.name === 'update_workspace') {
    const args = mutation.args as OfficeArgs;
    return { ...args, changes: args.changes.filter((change) => !isLogo(change, blobId)) };
  }
  const canned = withCannedFiles(mutation, (files) =>
    files.filter((file) => file.blobId !== blobId),
  );
  if (canned !== undefined) return canned;
  const args = postArgs(mutation);
  return { ...args, attachments: args.attachments.filter((file) => file.blobId !== blobId) };
}

function isLogo(
  change: WorkspaceChange,
  blobId: BlobId,
): change is Extract<WorkspaceChange, { field: 'logoBlobId' }> {
  return change.field === 'logoBlobId' && change.to === blobId;
}

function isEmpty(args: Args): boolean {
  if ('changes' in args) return args.changes.length === 0;
  const files = 'files' in args ? args.files : args.attachments;
  return files.length === 0 && args.text.trim() === '';
}

function tryAgainWith(office: Office, mutationId: MutationId, args: Args): void {
  const blobIds = blobsNamedBy(args);
  const id = office.newId() as MutationId;
  changeOutbox(office, (mirror) => {
    startOver(mirror, blobIds);
    reviveMutation(mirror, mutationId, { id, args, blobIds });
  });
}
