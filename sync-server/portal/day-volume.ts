// Counts what a customer sends against what they can send in one day. (E3-E5)

import { type DayVolume, USUAL_DAY } from '../config.ts';
import { AppError } from '../errors.ts';
import type { MutationId } from '../protocol/ids.ts';
import { NO_VOLUME } from '../storage/customer-days.ts';
import type { Portal } from './answers.ts';
import type { Visitor } from './visitor.ts';

const UNLIMITED: DayVolume = {
  messages: Number.MAX_SAFE_INTEGER,
  saves: Number.MAX_SAFE_INTEGER,
  files: Number.MAX_SAFE_INTEGER,
  bytes: Number.MAX_SAFE_INTEGER,
};

/**
 * Counts it, or answers false where it does not fit into this customer's day any more.
 *
 * @param act what is done with it: sent a second time it was counted the first time [P1]
 */
export function countToday(
  { storage, config, clockFace, now }: Portal,
  { workspaceId, customerId }: Visitor,
  volume: Partial<DayVolume>,
  act?: MutationId,
): Promise<boolean> {
  const owner = { workspaceId, customerId };
  const sent = { owner, day: clockFace.dayAt(now()), volume: { ...NO_VOLUME, ...volume }, act };
  return storage.addToDay(sent, config.customerDay ?? USUAL_DAY);
}

/** @throws AppError `too-much-today` before anything of the file is read, where its size is said beforehand */
export async function countFileToday(
  portal: Portal,
  visitor: Visitor,
  sizeBytes: number,
): Promise<void> {
  if (!(await countToday(portal, visitor, { files: 1, bytes: sizeBytes })))
    throw new AppError('too-much-today');
}

/** Of a file whose size nobody knew before it was here: the next one is refused. */
export async function countBytesToday(
  { storage, clockFace, now }: Portal,
  { workspaceId, customerId }: Visitor,
  bytes: number,
): Promise<void> {
  const sent = { day: clockFace.dayAt(now()), volume: { ...NO_VOLUME, bytes } };
  await storage.addToDay({ owner: { workspaceId, customerId }, ...sent }, UNLIMITED);
}
