import type { DragEvent } from 'react';
import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';

/** A file dragged to the desktop or into another program is fetched from this host under its own name. (D9) */
export function offerDownload(
  event: DragEvent,
  file: Pick<FeedAttachment, 'name' | 'mediaType' | 'url'>,
) {
  const url = new URL(`${file.url}?download`, window.location.href).href;
  // Colons part the three; the browser takes what follows the second as the address.
  const name = file.name.replaceAll(':', '-');
  event.dataTransfer.effectAllowed = 'copy';
  event.dataTransfer.setData('DownloadURL', `${file.mediaType}:${name}:${url}`);
  event.dataTransfer.setData('text/uri-list', url);
}

/** Stands on the page while the system drags files of ours: what it carries says nothing of where it is from. */
const MARK = 'data-dragging-out';
/** While the system drags, the page hears none of these; the first one after says that the drag is over. */
const SIGNS_OF_ITS_END = ['pointermove', 'pointerdown', 'keydown', 'blur'];

/** @param begun settles when the system has the drag, or will not have it */
export async function markDragOut(begun: Promise<unknown>): Promise<void> {
  const page = document.documentElement;
  page.setAttribute(MARK, '');
  const end = new AbortController();
  const isOver = () => {
    page.removeAttribute(MARK);
    end.abort();
  };
  const hasBegun = await begun.then(
    () => true,
    () => false,
  );
  if (!hasBegun) isOver();
  else
    for (const sign of SIGNS_OF_ITS_END)
      window.addEventListener(sign, isOver, { capture: true, signal: end.signal });
}

/** Our own drag is no file from outside: the page must not take it in again. */
export const isDraggedOut = (transfer: DataTransfer): boolean =>
  transfer.types.includes('DownloadURL') || document.documentElement.hasAttribute(MARK);
