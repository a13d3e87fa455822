/** What a person dropped, pasted or chose. Whether it is a folder is known at the drop only. */
export interface PickedFile {
  readonly file: File;
  readonly isFolder: boolean;
}

export function pickedFrom(transfer: DataTransfer): readonly PickedFile[] {
  const picked: PickedFile[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const file = item.getAsFile();
    const isFolder = item.webkitGetAsEntry()?.isDirectory === true;
    if (file !== null) picked.push({ file, isFolder });
  }
  return picked;
}

/** The same limit as everywhere: 25 MB exactly. (D2) */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;

/** Why a file cannot be taken, where that is plain before a byte is copied; null where the core has to look. (D2) */
export function refusalBefore({ file, isFolder }: PickedFile): string | null {
  if (isFolder) return `“${file.name}” is a folder. Open it and add the files inside.`;
  if (file.size > MAX_FILE_BYTES)
    return `“${file.name}” has ${(file.size / 1024 / 1024).toFixed(1)} MB; 25 MB is the most. Make it smaller, or split it.`;
  if (file.size === 0) return `“${file.name}” is empty. Look at the file, then add it again.`;
  return null;
}
