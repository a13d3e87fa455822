import type { DragEvent } from 'react';
import { toast } from 'sonner';
import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';
import { useOffice } from '../shell/office.tsx';
import { useBridge } from '../use-bridge.tsx';
import { sentenceOf } from '../use-request.ts';
import { markDragOut, offerDownload } from './drag-out.ts';

type Dragged = Pick<FeedAttachment, 'id' | 'name' | 'mediaType' | 'url'>;

/**
 * Drags a file out of the window: as a real file where the host can, else the browser fetches it. (D9)
 *
 * The last argument is all that is dragged with it, itself among them; a browser takes the one alone.
 */
export function useDragOut(): (
  event: DragEvent,
  file: Dragged,
  together?: readonly Pick<Dragged, 'id'>[],
) => void {
  const bridge = useBridge();
  const { canDragFiles } = useOffice();
  return (event, file, together = [file]) => {
    if (!canDragFiles) {
      offerDownload(event, file);
      return;
    }
    // The system's drag takes the place of the page's own.
    event.preventDefault();
    const attachmentIds = together.map(({ id }) => id);
    const begun = bridge.request('files.start-drag', { attachmentIds });
    void markDragOut(begun);
    begun.catch((error: unknown) => toast.error(sentenceOf(error)));
  };
}
