/** What a person dropped, pasted or chose. */
export interface PickedFile {
  readonly file: File;
  /** Set where it is a folder; known at the drop only. */
  readonly folder: FileSystemDirectoryEntry | null;
}

/** Must be called while the event is handled: afterwards the browser has forgotten what was dropped. */
export function pickedFrom(transfer: DataTransfer): readonly PickedFile[] {
  const picked: PickedFile[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const file = item.getAsFile();
    const entry = item.webkitGetAsEntry();
    const folder = entry?.isDirectory === true ? (entry as FileSystemDirectoryEntry) : null;
    if (file !== null) picked.push({ file, folder });
  }
  return picked;
}

export const pickedFiles = (files: Iterable<File>): readonly PickedFile[] =>
  [...files].map((file) => ({ file, folder: null }));

/** The same limit as everywhere: 25 MB exactly. (D2) */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;

/** Why a file cannot be taken, where that is plain before a byte is copied; null where the core has to look. (D2) */
export function refusalBefore(file: Pick<File, 'name' | 'size'>): string | null {
  if (file.size > MAX_FILE_BYTES)
    return `“${file.name}” has ${(file.size / 1024 / 1024).toFixed(1)} MB; 25 MB is the most. Make it smaller, or split it.`;
  if (file.size === 0) return `“${file.name}” is empty. Look at the file, then add it again.`;
  return null;
}

/**
 * Why a file cannot be read now; null where it can. A file that is dropped is a promise only: it may be gone, locked by
 * another program, or not this person's to read. (D2)
 */
export async function refusalToRead(file: File): Promise<string | null> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return null;
  } catch (error) {
    const isGone = error instanceof DOMException && error.name === 'NotFoundError';
    return isGone
      ? `“${file.name}” is no longer where it was. It may have been moved or deleted; find it, then add it again.`
      : `“${file.name}” cannot be read. Another program may have it open, or you may not read it; close that program or copy the file, then add it again.`;
  }
}
