// Which files stay on this device: what a person chose, and how it stands. (D8)

import { readSpeedLimit, writeSpeedLimit } from '../attachments/file-pace.ts';
import {
  countWanted,
  filesHere,
  fileUse,
  keptJobIds,
  readBudget,
  setKept,
  writeBudget,
} from '../attachments/keeping.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { findRecord } from '../mirror/records.ts';
import type { JobKeeping, Keeping, KeepingRequests } from './keeping-contract.ts';
import type { Office } from './office.ts';

type PerformKeepingRequests = {
  readonly [N in keyof KeepingRequests]: (
    office: Office,
    args: KeepingRequests[N]['args'],
  ) => KeepingRequests[N]['answer'];
};

export const keepingRequests: PerformKeepingRequests = {
  'files.set-budget': ({ mirror, fileKeeper }, { budgetBytes }) => {
    mirror.transact((writable) => writeBudget(writable, budgetBytes));
    fileKeeper.wake();
    return {};
  },

  'files.set-speed': ({ mirror }, { limitKbits }) => {
    mirror.transact((writable) => writeSpeedLimit(writable, limitKbits));
    return {};
  },

  'files.keep-job': ({ mirror, fileKeeper, now }, { jobId, keep }) => {
    mirror.transact((writable) => setKept(writable, jobId, keep ? now() : null));
    fileKeeper.wake();
    return {};
  },
};

export function keeping({ mirror, fileKeeper }: Office): Keeping {
  const jobs = keptJobIds(mirror).flatMap((jobId) => {
    const job = findRecord(mirror, 'job', jobId);
    if (job === undefined) return [];
    const { reference, title } = job;
    return [{ jobId, reference, title, isKept: true, ...filesHere(mirror, jobId) }];
  });
  return {
    budgetBytes: readBudget(mirror),
    limitKbits: readSpeedLimit(mirror),
    ...fileUse(mirror),
    freeBytes: fileKeeper.freeBytes,
    state: fileKeeper.state,
    missing: countWanted(mirror),
    keptJobs: jobs,
  };
}

export function jobKeeping(mirror: ReadableMirror, jobId: string): JobKeeping {
  const isKept = keptJobIds(mirror).some((id) => id === jobId);
  return { isKept, ...filesHere(mirror, jobId) };
}
