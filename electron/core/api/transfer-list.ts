// Files on their way, as the screen shows them. (D7)

import { blobsToUpload, claimedSince } from '../attachments/transfers.ts';
import type { Office } from './office.ts';
import type { Transfers } from './transfers-contract.ts';

export function transferList({ mirror, uploader, now }: Office): Transfers {
  const files = blobsToUpload(mirror, claimedSince(Date.parse(now()))).map(
    ({ id, sizeBytes, problem }) => {
      const sentBytes = uploader.sentBytes(id);
      const isSending = sentBytes !== undefined;
      return { blobId: id, sizeBytes, sentBytes: sentBytes ?? 0, isSending, problem };
    },
  );
  const sum = (of: (file: (typeof files)[number]) => number) =>
    files.reduce((total, file) => total + of(file), uploader.arrivedBytes);
  return {
    files,
    sentBytes: sum(({ sentBytes }) => sentBytes),
    totalBytes: sum(({ sizeBytes }) => sizeBytes),
  };
}
