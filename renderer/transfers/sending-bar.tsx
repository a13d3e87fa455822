import type { FileTransfer } from '../../electron/core/api/transfers-contract.ts';
import { TransferBar } from './transfer-bar.tsx';

/** Of a file on its way now; nothing of any other. (D7) */
export function SendingBar({
  name,
  transfer,
  className,
}: {
  name: string;
  transfer: FileTransfer | undefined;
  className: string;
}) {
  if (transfer?.isSending !== true) return null;
  const { sentBytes, sizeBytes } = transfer;
  return (
    <TransferBar
      label={`Sending ${name}`}
      done={sentBytes}
      total={sizeBytes}
      className={className}
    />
  );
}
