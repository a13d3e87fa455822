// What a person decides about files that wait or could not be sent. (D7)

import type { MutationId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import { findBlob } from '../attachments/blobs.ts';
import { startOver } from '../attachments/transfers.ts';
import { AppError } from '../errors.ts';
import { blobsNamedBy } from '../outbox/accept.ts';
import { reviveMutation } from '../outbox/outbox.ts';
import { changeablePost, changeOutbox } from './change-outbox.ts';
import type { Office } from './office.ts';
import type { TransferRequests } from './transfers-contract.ts';

type PerformTransferRequests = {
  readonly [N in keyof TransferRequests]: (
    office: Office,
    args: TransferRequests[N]['args'],
  ) => TransferRequests[N]['answer'];
};

type PostArgs = MutationArgs<'post_entry'>;

export const transferRequests: PerformTransferRequests = {
  'outbox.replace-file': (office, { mutationId, blobId, by }) => {
    const { args } = changeablePost(office, mutationId);
    const blob = findBlob(office.mirror, by.blobId);
    if (blob === undefined)
      throw new AppError('blob-missing', {
        sentence: `“${by.name}” is not on this device any more. Choose it again.`,
      });
    const attachments = args.attachments.map((file) => {
      if (file.blobId !== blobId) return file;
      const { renditions: _ofTheOld, ...rest } = file;
      const { mediaType, sizeBytes } = blob;
      return { ...rest, blobId: blob.id, name: by.name, mediaType, sizeBytes };
    });
    tryAgainWith(office, mutationId, { ...args, attachments });
    return {};
  },

  'outbox.remove-file': (office, { mutationId, blobId }) => {
    const { args } = changeablePost(office, mutationId);
    const attachments = args.attachments.filter((file) => file.blobId !== blobId);
    if (attachments.length === 0 && args.text.trim() === '')
      throw new AppError('not-understood', {
        sentence: 'Nothing would be left to send without this file. Discard it instead.',
      });
    tryAgainWith(office, mutationId, { ...args, attachments });
    return {};
  },
};

function tryAgainWith(office: Office, mutationId: MutationId, args: PostArgs): void {
  const blobIds = blobsNamedBy(args);
  const id = office.newId() as MutationId;
  changeOutbox(office, (mirror) => {
    startOver(mirror, blobIds);
    reviveMutation(mirror, mutationId, { id, args, blobIds });
  });
}
