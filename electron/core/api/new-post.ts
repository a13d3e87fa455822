// What posting and scheduling have in common: the files as the mutation names them.

import type { AttachmentId } from '../../../sync-server/protocol/ids.ts';
import type { NewAttachment } from '../../../sync-server/protocol/mutations.ts';
import { findBlob } from '../attachments/blobs.ts';
import { localRenditions } from '../attachments/renditions.ts';
import { AppError } from '../errors.ts';
import type { Office } from './office.ts';
import type { PostEntry } from './posting-contract.ts';

/** @throws AppError `blob-missing` where one of them is not on this disk any more */
export function attachmentsFor(office: Office, files: PostEntry['files']): NewAttachment[] {
  return files.map((file) => {
    const { blobId, name } = file;
    const blob = findBlob(office.mirror, blobId);
    if (blob === undefined)
      throw new AppError('blob-missing', {
        sentence: `“${name}” is not on this device any more, so nothing was posted. Add the file again.`,
      });
    const { mediaType, sizeBytes } = blob;
    const renditions = localRenditions(office.mirror, blobId);
    return {
      ...file,
      attachmentId: office.newId() as AttachmentId,
      mediaType,
      sizeBytes,
      ...(renditions && { renditions }),
    };
  });
}
