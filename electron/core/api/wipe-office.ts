// A device that somebody else signed out keeps nothing of the office: no row, no word for the search, no file, no copy, no trace of
// any of them. What its owner had not sent waits here for their next sign-in. Done again, it does no harm. (J1)

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fromDisk } from '../errors.ts';
import type { Host } from '../host.ts';
import { type Mirror, openDamaged } from '../mirror/database.ts';
import { keepUnsent, type KeptBlobs } from '../mirror/keep-unsent.ts';
import { accountFolder } from '../session/account.ts';
import { SIGNED_OUT_FILE, type SignedOut, writeSignedOut } from '../session/signed-out.ts';
import { beginFreshCopy } from '../sync/pull.ts';
import { countShown } from './outbox-list.ts';

const MIRROR_FILE = 'docket.sqlite';
const BLOBS_FOLDER = 'blobs';

/**
 * Nothing of the office may be open. Answers how much waits for its owner.
 *
 * @throws AppError `disk-full`, `disk-not-writable`; what could not be removed, after all else was
 */
export async function wipeOffice(
  host: Pick<Host, 'dataFolder'>,
  ended: SignedOut,
  openMirror: (file: string) => Mirror,
): Promise<number> {
  const folder = accountFolder(host.dataFolder, ended);
  try {
    // First what takes room on a disk that may be full.
    const held = await removeAll(folder, (name) => !isMirrorOrBlobs(name));
    let unsent = 0;
    const kept = keepUnsent({
      file: join(folder, MIRROR_FILE),
      openMirror,
      openDamaged,
      prepare: (mirror) => {
        const { memberId, role } = ended;
        beginFreshCopy(mirror, { kind: 'member', memberId, role });
        unsent = countShown(mirror).waiting;
      },
    });
    const alsoHeld = await removeBlobs(join(folder, BLOBS_FOLDER), kept);
    const first = held ?? alsoHeld;
    if (first !== undefined) throw first;
    writeSignedOut(host.dataFolder, { ...ended, unsent });
    return unsent;
  } catch (cause) {
    throw fromDisk(cause);
  }
}

function isMirrorOrBlobs(name: string): boolean {
  const ofMirror = ['', '-wal', '-shm', '.rescued', '.kept'].map((part) => MIRROR_FILE + part);
  return [...ofMirror, BLOBS_FOLDER, SIGNED_OUT_FILE].includes(name);
}

async function removeBlobs(folder: string, kept: KeptBlobs): Promise<Error | undefined> {
  const keptNames: ReadonlySet<string> = kept;
  let held: Error | undefined;
  for (const name of await namesIn(folder))
    held ??= await (/^[0-9a-f]{2}$/.test(name)
      ? removeAll(join(folder, name), (blobId) => !keptNames.has(blobId))
      : removeAll(folder, (other) => other === name));
  return held;
}

/** Answers what went wrong with one of them: the others go all the same. */
async function removeAll(
  folder: string,
  isGone: (name: string) => boolean,
): Promise<Error | undefined> {
  let held: Error | undefined;
  for (const name of (await namesIn(folder)).filter(isGone))
    try {
      await rm(join(folder, name), { recursive: true, force: true });
    } catch (error) {
      held ??= error instanceof Error ? error : new Error(String(error));
    }
  return held;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
