/** What a folder holds, for a person to decide about; the folder itself is never posted. (D2) */
export interface FolderContent {
  readonly name: string;
  readonly files: readonly File[];
  /** Names of files that could not be read. */
  readonly unreadable: readonly string[];
  /** There are more than were looked at. */
  readonly isCutOff: boolean;
}

const MOST_FILES = 1000;

/** Reads a folder and those in it. What systems leave behind in every folder is left out without a word. */
export async function readFolder(folder: FileSystemDirectoryEntry): Promise<FolderContent> {
  const files: File[] = [];
  const unreadable: string[] = [];
  const waiting: FileSystemDirectoryEntry[] = [folder];
  let isCutOff = false;
  for (let next = waiting.shift(); next !== undefined && !isCutOff; next = waiting.shift()) {
    const { name } = next;
    const entries = await entriesOf(next).catch(() => {
      unreadable.push(name);
      return [];
    });
    for (const entry of entries) {
      if (isLeftBehind(entry.name)) continue;
      if (files.length === MOST_FILES) isCutOff = true;
      else if (entry.isDirectory) waiting.push(entry as FileSystemDirectoryEntry);
      else
        await fileOf(entry as FileSystemFileEntry).then(
          (file) => files.push(file),
          () => unreadable.push(entry.name),
        );
    }
  }
  return { name: folder.name, files, unreadable, isCutOff };
}

/** The browser hands a folder's entries out in parts; the last part is empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return all;
    all.push(...part);
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

const isLeftBehind = (name: string): boolean =>
  name.startsWith('.') || /^(thumbs\.db|desktop\.ini)$/i.test(name);
