// A damaged mirror is mended by a fresh copy of the office; what only this device knew is saved from it. [F2, L3]

import type { Actor } from '../../../sync-server/protocol/mutator.ts';
import { RECORD_KINDS } from '../../../sync-server/protocol/records.ts';
import { type Mirror, openDamaged, type ReadableMirror } from '../mirror/database.ts';
import { readMeta, removeMeta, writeMeta } from '../mirror/meta.ts';
import { type Salvaged, salvageMirror } from '../mirror/salvage.ts';
import { writeSyncLog } from '../mirror/sync-log.ts';
import { beginFreshCopy } from '../sync/pull.ts';
import type { Rescue } from './session-contract.ts';
import type { Office } from './office.ts';

/** Leaves a mirror that opens: all that can still be read stands in it, until the fresh copy has come over it. */
export function rescueOffice(parts: {
  readonly file: string;
  readonly actor: Actor;
  readonly now: string;
  openMirror(file: string): Mirror;
}): void {
  const { file, actor, now, openMirror } = parts;
  const prepare = (mirror: Mirror, salvaged: Salvaged) => {
    mirror.transact((writable) => {
      // Every row that was saved is of an older copy than the one that comes, also where the count of copies is lost.
      writeMeta(writable, 'generation', String(newestGeneration(mirror)));
      writeMeta(writable, 'rescue', JSON.stringify({ at: now, ...salvaged } satisfies Rescue));
      const { savedMutations, lostMutations } = salvaged;
      const details = `${savedMutations} saved, ${lostMutations} lost`;
      writeSyncLog(writable, { at: now, event: 'rescued', details });
    });
    beginFreshCopy(mirror, actor);
  };
  salvageMirror({ file, openMirror, openDamaged, prepare });
}

export function readRescue(mirror: ReadableMirror): Rescue | null {
  const text = readMeta(mirror, 'rescue');
  return text === undefined ? null : (JSON.parse(text) as Rescue);
}

export function forgetRescue({ mirror }: Office): void {
  mirror.transact((writable) => removeMeta(writable, 'rescue'));
}

function newestGeneration(mirror: ReadableMirror): number {
  const known = Number(readMeta(mirror, 'generation') ?? 1);
  const found = RECORD_KINDS.map(
    (kind) =>
      mirror.get<{ newest: number | null }>(`SELECT max(generation) AS newest FROM ${kind}`)
        ?.newest ?? 1,
  );
  return Math.max(known, ...found);
}
