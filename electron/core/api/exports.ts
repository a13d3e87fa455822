// Exports under way and made, one at a time. Each has a folder of its own below the member's, which goes with it: when it is
// cancelled or breaks, when it is let go, when the program starts, and half an hour after it was made. (G4)

import { createReadStream, rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskName } from '../attachments/disk-name.ts';
import type { OpenedFile } from '../attachments/open-attachment.ts';
import { openZip } from '../attachments/zip-files.ts';
import { AppError, fromDisk } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Mirror } from '../mirror/database.ts';
import { GONE_FROM_JOBS } from '../mirror/redactions.ts';
import type { ExportState, ExportWish } from './exports-contract.ts';
import { type Made, makeExport, type MakeExportParts, sizeOfFile } from './make-export.ts';

export interface Exports {
  /** Answers its id; how it goes is its state. */
  begin(wish: ExportWish): string;
  /** Null for one that was let go. */
  state(exportId: string): ExportState | null;
  /** Cancels it, or removes what was made. */
  letGo(exportId: string): Promise<void>;
  /** @throws AppError `not-there`, `blob-missing` */
  open(exportId: string): Promise<OpenedFile>;
  close(): Promise<void>;
}

export interface ExportsParts extends MakeExportParts {
  readonly host: Host;
  readonly mirror: Mirror;
  /** For what is made; emptied at the start. */
  readonly folder: string;
  newId(): string;
  onChange(): void;
}

const KEPT_MS = 30 * 60 * 1000;

export function startExports(parts: ExportsParts): Exports {
  // At once: there is something only after a crash, and an office that opens waits for nothing more than it must.
  try {
    rmSync(parts.folder, { recursive: true, force: true });
  } catch (error) {
    notRemoved(parts, error);
  }
  return new Shelf(parts);
}

interface Export {
  readonly ending: AbortController;
  state: ExportState;
  made: Made | null;
  work: Promise<void>;
}

class Shelf implements Exports {
  readonly #parts: ExportsParts;
  readonly #exports = new Map<string, Export>();
  readonly #stopListening: () => void;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: ExportsParts) {
    this.#parts = parts;
    this.#stopListening = parts.mirror.onCommit((tables) => {
      if (tables.has(GONE_FROM_JOBS)) this.#forgetAll();
    });
  }

  begin(wish: ExportWish): string {
    const id = this.#parts.newId();
    const one: Export = {
      ending: new AbortController(),
      state: { kind: 'waiting' },
      made: null,
      work: Promise.resolve(),
    };
    this.#exports.set(id, one);
    one.work = this.#turn.then(() => this.#make(id, one, wish));
    this.#turn = one.work;
    return id;
  }

  state(exportId: string): ExportState | null {
    return this.#exports.get(exportId)?.state ?? null;
  }

  async letGo(exportId: string): Promise<void> {
    const one = this.#exports.get(exportId);
    if (one === undefined) return;
    this.#exports.delete(exportId);
    this.#parts.onChange();
    one.ending.abort();
    await one.work;
    await removeQuietly(this.#parts, this.#folderOf(exportId));
  }

  async open(exportId: string): Promise<OpenedFile> {
    const one = this.#exports.get(exportId);
    if (one?.state.kind !== 'ready' || one.made === null)
      throw new AppError('not-there', {
        sentence: 'This export is gone. Export the job again.',
      });
    const { zip, pdfPath } = one.made;
    const { name, sizeBytes } = one.state;
    if (zip !== null) return { ...(await openZip(this.#parts.blobs, zip)), name };
    return { name, mediaType: 'application/pdf', sizeBytes, bytes: createReadStream(pdfPath) };
  }

  async close(): Promise<void> {
    this.#stopListening();
    await Promise.all([...this.#exports.keys()].map((id) => this.letGo(id)));
  }

  /** Something was removed for good: it may stand in any of them. (C10) */
  #forgetAll(): void {
    for (const [id, one] of this.#exports) {
      one.ending.abort();
      if (one.state.kind === 'failed') continue;
      const sentence =
        'Something was removed for good in this office meanwhile, so this copy was let go. Export the job again.';
      this.#tell(one, { kind: 'failed', sentence });
      one.made = null;
      void one.work.then(() => removeQuietly(this.#parts, this.#folderOf(id)));
    }
  }

  /** Never rejects: what becomes of it is its state. */
  async #make(id: string, one: Export, wish: ExportWish): Promise<void> {
    const folder = this.#folderOf(id);
    const { signal } = one.ending;
    try {
      signal.throwIfAborted();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const made = await makeExport(this.#parts, wish, {
        folder,
        signal,
        // A file that was on its way may still come in for one that has ended.
        onStep: (step) => {
          if (!signal.aborted) this.#tell(one, step);
        },
      });
      const { sizeBytes, name } = await this.#describe(made);
      signal.throwIfAborted();
      one.made = made;
      const { printed, missing } = made;
      this.#tell(one, {
        kind: 'ready',
        url: `/exports/${id}`,
        name,
        sizeBytes,
        missing,
        ...printed,
      });
      this.#parts.host.clock.after(KEPT_MS, () => void this.letGo(id));
    } catch (error) {
      await removeQuietly(this.#parts, folder);
      if (!signal.aborted) this.#tell(one, { kind: 'failed', sentence: this.#sentenceFor(error) });
    }
  }

  async #describe({ zip, pdfName, pdfPath }: Made) {
    if (zip === null) return { name: diskName(pdfName), sizeBytes: await sizeOfFile(pdfPath) };
    const opened = await openZip(this.#parts.blobs, zip);
    opened.bytes.destroy();
    return { name: diskName(zip.name), sizeBytes: opened.sizeBytes };
  }

  #sentenceFor(cause: unknown): string {
    const error = fromDisk(cause);
    if (error instanceof AppError) return SENTENCES[error.kind] ?? error.message;
    const details = { error: String(cause).slice(0, 300) };
    this.#parts.host.log({ level: 'error', event: 'export-broke', details });
    return 'The copy could not be made, because something went wrong inside Docket. Nothing was changed; try again.';
  }

  #tell(one: Export, state: ExportState): void {
    one.state = state;
    this.#parts.onChange();
  }

  #folderOf(exportId: string): string {
    return join(this.#parts.folder, exportId);
  }
}

const SENTENCES: Readonly<Partial<Record<AppError['kind'], string>>> = {
  'disk-full':
    'The disk is full, so the copy was not made and nothing of it was kept. Free some space, then export the job again.',
  'disk-not-writable':
    'Docket may not write to its folder, so the copy was not made. Check the folder’s permissions, then export the job again.',
};

/** What stays for now is removed at the next start. */
async function removeQuietly(parts: Pick<ExportsParts, 'host'>, path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch((error: unknown) =>
    notRemoved(parts, error),
  );
}

function notRemoved({ host }: Pick<ExportsParts, 'host'>, error: unknown): void {
  const details = { error: String(error).slice(0, 300) };
  host.log({ level: 'warn', event: 'export-not-removed', details });
}
