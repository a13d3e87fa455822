import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';
import { useBridge } from '../use-bridge.tsx';
import { sentenceOf } from '../use-request.ts';
import { saveFile } from './save-file.ts';

/** Opens a file with the system's program; where no shell can, it is saved, and the browser offers to open it. (D9) */
export function useOpenFile(): (file: Pick<FeedAttachment, 'id' | 'url' | 'name'>) => void {
  const bridge = useBridge();
  return ({ id, url, name }) => {
    bridge.request('attachments.open', { attachmentId: id }).catch((error: unknown) => {
      sentenceOf(error);
      saveFile(`${url}?download`, name);
    });
  };
}
