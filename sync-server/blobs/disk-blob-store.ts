// Bytes in a folder: `<workspace>/<first two digits>/<hash>`, and what is on its way in `incoming`. [B1]

import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { blobId, type WorkspaceId, workspaceId } from '../protocol/ids.ts';
import type { BlobPlace, BlobStore, ByteRange, KeptBlob, ReceivedFile } from './blob-store.ts';
import { IncomingFolder, statOf } from './incoming-folder.ts';

export class DiskBlobStore implements BlobStore {
  readonly #folder: string;
  readonly #incoming: IncomingFolder;

  private constructor(folder: string, incoming: IncomingFolder) {
    this.#folder = folder;
    this.#incoming = incoming;
  }

  /** Makes the folder where it is not there, and clears what an earlier process left half received. */
  static async open(folder: string, nowMs = Date.now()): Promise<DiskBlobStore> {
    return new DiskBlobStore(folder, await IncomingFolder.open(join(folder, 'incoming'), nowMs));
  }

  receive<T>(
    bytes: AsyncIterable<Uint8Array>,
    use: (file: ReceivedFile) => Promise<T>,
  ): Promise<T> {
    return this.#incoming.receive(bytes, use);
  }

  /** The name appears only with the whole file behind it; the folder is synced so that the name lasts, too. [F1] */
  async adopt(workspaceId: WorkspaceId, { path, blobId }: ReceivedFile): Promise<void> {
    await syncFile(path);
    const target = this.#pathOf({ workspaceId, blobId });
    const folder = dirname(target);
    const made = await mkdir(folder, { recursive: true });
    await rename(path, target);
    await syncFolder(folder);
    if (made === undefined) return;
    await syncFolder(dirname(folder));
    await syncFolder(this.#folder);
  }

  async open(place: BlobPlace, range?: ByteRange): Promise<Readable | undefined> {
    if ((await this.sizeOf(place)) === undefined) return undefined;
    return createReadStream(this.#pathOf(place), { ...range });
  }

  async sizeOf(place: BlobPlace): Promise<number | undefined> {
    return (await statOf(this.#pathOf(place)))?.size;
  }

  async remove(place: BlobPlace): Promise<void> {
    await rm(this.#pathOf(place), { force: true });
  }

  async *list(): AsyncIterable<KeptBlob> {
    for (const office of await foldersIn(this.#folder)) {
      const found = workspaceId.safeParse(office);
      if (!found.success) continue;
      for (const shelf of await foldersIn(join(this.#folder, office)))
        for (const name of await readdir(join(this.#folder, office, shelf))) {
          const named = blobId.safeParse(name);
          if (!named.success) continue;
          const place = { workspaceId: found.data, blobId: named.data };
          const kept = await statOf(this.#pathOf(place));
          if (kept !== undefined) yield { ...place, keptAtMs: kept.mtimeMs };
        }
    }
  }

  #pathOf({ workspaceId, blobId }: BlobPlace): string {
    return join(this.#folder, workspaceId, blobId.slice(0, 2), blobId);
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle on a folder that could be synced; its rename is journaled.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { withFileTypes: true });
  return found.filter((each) => each.isDirectory()).map(({ name }) => name);
}
