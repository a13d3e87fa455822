// The part of the contract that is about which files stay on this device. (D8)

import type { JobId } from '../../../sync-server/protocol/ids.ts';
import type { None } from './none-contract.ts';

export interface KeepingRequests {
  /** How much of this disk files may take that can be fetched again. */
  'files.set-budget': { args: { budgetBytes: number }; answer: None };
  /** How fast files may go, both ways together; null takes the line as it is. (D7) */
  'files.set-speed': { args: { limitKbits: number | null }; answer: None };
  /** Keeps every file of a job on this device, whatever it costs of the budget, or lets them go again. */
  'files.keep-job': { args: { jobId: JobId; keep: boolean }; answer: None };
}

export interface KeepingQueries {
  'files.keeping': { args: None; answer: Keeping };
  'files.job-keeping': { args: { jobId: JobId }; answer: JobKeeping };
}

export interface Keeping {
  readonly budgetBytes: number;
  /** How fast files may go; null where they take the line as it is. */
  readonly limitKbits: number | null;
  /** All files on this device. */
  readonly usedBytes: number;
  /** Of those, what the office does not have yet: it never leaves. */
  readonly unsentBytes: number;
  /** On this disk; null where the system does not say. */
  readonly freeBytes: number | null;
  readonly state: KeepingState;
  /** Files of kept and recent jobs that are not here yet. */
  readonly missing: number;
  readonly keptJobs: readonly (JobKeeping & {
    readonly jobId: JobId;
    readonly reference: string | null;
    readonly title: string;
  })[];
}

/**
 * `full`: the budget is used up, so nothing more is fetched unasked. `disk-full`: the disk is. `waiting`: for a network, or
 * for something that comes first.
 */
export type KeepingState = 'done' | 'fetching' | 'waiting' | 'full' | 'disk-full';

export interface JobKeeping {
  readonly isKept: boolean;
  readonly filesHere: number;
  readonly filesTotal: number;
  readonly bytesTotal: number;
}
