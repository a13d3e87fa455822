import type { DragEvent } from 'react';
import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';

/** A file dragged to the desktop or into another program is fetched from this host under its own name. (D9) */
export function dragOut(
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

/** Our own drag is no file from outside: the page must not take it in again. */
export const isDraggedOut = (transfer: DataTransfer): boolean =>
  transfer.types.includes('DownloadURL');
