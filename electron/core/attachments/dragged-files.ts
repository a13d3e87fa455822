// Attachments dragged out of the window: other programs get copies of their own, as real files. (D9)

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import type { Host } from '../host.ts';
import { noteLateCopy } from '../mirror/redactions.ts';
import { layCopy } from './lay-copy.ts';
import { type OpenAttachmentParts, type OpenedFile, openAttachment } from './open-attachment.ts';

export interface DraggedFiles {
  /** Fetches what is not on this disk first. @throws AppError as `openAttachment`, each with a sentence that says what to do */
  start(attachmentIds: readonly string[]): Promise<void>;
  /** Deletes the copies of a file that was removed for good. (C10) */
  drop(attachmentId: string): Promise<void>;
}

export interface DraggedFilesParts extends OpenAttachmentParts {
  readonly host: Host;
  /** For the copies; emptied at the start, when no drag can be under way. */
  readonly folder: string;
  newId(): string;
}

const MOST_FILES = 50;

export async function startDraggedFiles(parts: DraggedFilesParts): Promise<DraggedFiles> {
  const { host, folder, newId } = parts;
  await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
    const details = { error: String(error).slice(0, 300) };
    host.log({ level: 'warn', event: 'dragged-files-not-cleaned', details });
  });
  /** Of each attachment that was dragged since the start: the folders its copies lie in. */
  const laid = new Map<string, string[]>();

  return {
    async start(attachmentIds) {
      if (host.startDrag === undefined)
        throw new AppError('not-there', {
          sentence: 'Docket cannot drag files out here. Save the file instead.',
        });
      if (attachmentIds.length > MOST_FILES)
        throw new AppError('not-there', {
          sentence: `Docket drags at most ${MOST_FILES} files at once. Select fewer, or download them as a zip.`,
        });
      // Never over an earlier copy: whoever it was dropped on may still be reading it.
      const drag = join(folder, newId());
      try {
        await host
          .startDrag(await layAll(parts, { drag, laid }, attachmentIds))
          .catch((cause: unknown) => {
            throw new AppError('not-there', {
              cause,
              sentence: 'The system did not take the file. Drag it again, or save it instead.',
            });
          });
      } catch (error) {
        await rm(drag, { recursive: true, force: true }).catch(() => undefined);
        throw error;
      }
    },
    async drop(attachmentId) {
      for (const copy of laid.get(attachmentId) ?? [])
        await rm(copy, { recursive: true, force: true });
      laid.delete(attachmentId);
    },
  };
}

/** Each in a folder of its own: two files of one name are two files. */
async function layAll(
  parts: DraggedFilesParts,
  { drag, laid }: { readonly drag: string; readonly laid: Map<string, string[]> },
  attachmentIds: readonly string[],
): Promise<readonly string[]> {
  const { mirror } = parts;
  const paths: string[] = [];
  for (const attachmentId of attachmentIds) {
    const { name, bytes } = await openForDrag(parts, attachmentId);
    const folder = join(drag, String(paths.length + 1));
    laid.set(attachmentId, [...(laid.get(attachmentId) ?? []), folder]);
    paths.push(await layCopy(folder, name, bytes));
    mirror.transact((writable) => noteLateCopy(writable, attachmentId));
  }
  return paths;
}

async function openForDrag(parts: DraggedFilesParts, attachmentId: string): Promise<OpenedFile> {
  try {
    return await openAttachment(parts, attachmentId);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.kind !== 'not-online') throw cause;
    throw new AppError('not-online', {
      cause,
      sentence:
        'This file is not on this device, and the server cannot be reached now. Drag it again when you are online.',
    });
  }
}
