// What a device remembers of having been signed out by somebody else, in a file beside the mirror it is about: until the same member
// signs in again, nothing of the office stays there, whatever becomes of the program meanwhile. (J1)

import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { deviceEnd } from '../../../sync-server/protocol/device-end.ts';
import { memberId, workspaceId } from '../../../sync-server/protocol/ids.ts';
import { instant, role } from '../../../sync-server/protocol/values.ts';
import { fromDisk } from '../errors.ts';
import { accountFolder } from './account.ts';
import type { Account } from './device-file.ts';

const signedOut = z.object({
  workspaceId,
  memberId,
  role,
  by: deviceEnd,
  at: instant,
  /** How much waits for its owner; null until all else is gone. */
  unsent: z.int().nullable(),
});
export type SignedOut = z.infer<typeof signedOut>;

export const SIGNED_OUT_FILE = 'signed-out.json';

type Place = Pick<Account, 'workspaceId' | 'memberId'>;

/** Undefined where the member was not signed out here by anybody else, or has signed in again since. */
export function readSignedOut(dataFolder: string, place: Place): SignedOut | undefined {
  return readFrom(accountFolder(dataFolder, place));
}

/** Of every member who ever signed in here. */
export function allSignedOut(dataFolder: string): SignedOut[] {
  const offices = join(dataFolder, 'offices');
  let folders: string[];
  try {
    folders = readdirSync(offices);
  } catch {
    return [];
  }
  return folders.flatMap((folder) => readFrom(join(offices, folder)) ?? []);
}

function readFrom(folder: string): SignedOut | undefined {
  try {
    return signedOut.parse(JSON.parse(readFileSync(join(folder, SIGNED_OUT_FILE), 'utf8')));
  } catch {
    return undefined;
  }
}

/** @throws AppError `disk-full`, `disk-not-writable` */
export function writeSignedOut(dataFolder: string, state: SignedOut): void {
  const folder = accountFolder(dataFolder, state);
  try {
    const temporary = join(folder, `${SIGNED_OUT_FILE}.new`);
    const file = openSync(temporary, 'w', 0o600);
    writeSync(file, JSON.stringify(state));
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, join(folder, SIGNED_OUT_FILE));
    syncFolder(folder);
  } catch (cause) {
    throw fromDisk(cause);
  }
}

export function forgetSignedOut(dataFolder: string, place: Place): void {
  rmSync(join(accountFolder(dataFolder, place), SIGNED_OUT_FILE), { force: true });
}

/** Windows cannot open folders and does not need it. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
