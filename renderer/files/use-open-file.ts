import { toast } from 'sonner';
import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';
import { useOffice } from '../shell/office.tsx';
import { useBridge } from '../use-bridge.tsx';
import { sentenceOf } from '../use-request.ts';
import { saveFile } from './save-file.ts';

/** Opens a file with the system's program; where no host can, it is saved, and the browser offers to open it. (D9) */
export function useOpenFile(): (file: Pick<FeedAttachment, 'id' | 'url' | 'name'>) => void {
  const bridge = useBridge();
  const { canOpenFiles } = useOffice();
  return ({ id, url, name }) => {
    if (canOpenFiles)
      bridge
        .request('attachments.open', { attachmentId: id })
        .catch((error: unknown) => toast.error(sentenceOf(error)));
    else saveFile(`${url}?download`, name);
  };
}
