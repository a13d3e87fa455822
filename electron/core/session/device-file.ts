// What this device remembers across starts: its own id and whose office was open last. The token is not in it.

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { clientId, memberId, workspaceId } from '../../../sync-server/protocol/ids.ts';
import { member, workspace } from '../../../sync-server/protocol/records.ts';
import { fromDisk } from '../errors.ts';

const account = z.object({
  serverUrl: z.string(),
  workspaceId,
  memberId,
  member,
  workspace,
  isSignedIn: z.boolean(),
});
export type Account = z.infer<typeof account>;

const deviceState = z.object({ clientId, account: account.nullable() });
export type DeviceState = z.infer<typeof deviceState>;

/** Undefined on the first start, and where the file is damaged: signing in again makes a new one; the mirrors are apart. */
export function readDeviceState(dataFolder: string): DeviceState | undefined {
  let content: string;
  try {
    content = readFileSync(join(dataFolder, 'device.json'), 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw fromDisk(cause);
  }
  try {
    return deviceState.parse(JSON.parse(content));
  } catch {
    return undefined;
  }
}

export function writeDeviceState(dataFolder: string, state: DeviceState): void {
  try {
    mkdirSync(dataFolder, { recursive: true });
    const temporary = join(dataFolder, 'device.json.new');
    const file = openSync(temporary, 'w', 0o600);
    writeSync(file, JSON.stringify(state));
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, join(dataFolder, 'device.json'));
  } catch (cause) {
    throw fromDisk(cause);
  }
}
