// A machine that may die at any moment, and what its server has settled, as whatever runs on it knows them.

import type { MutationId } from '../../sync-server/protocol/ids.ts';
import type { Outcome, PushOutcome } from '../../sync-server/protocol/outcome.ts';
import type { MutationIdentity } from '../../sync-server/storage/storage.ts';
import { type Run, SimulatedCrash } from './run.ts';
import type { Weather } from './weather.ts';

/** One mutation that a commit has settled for the first time. */
export interface Settled {
  readonly identity: MutationIdentity;
  readonly outcome: Outcome;
  readonly answer: PushOutcome;
}

export interface Commit {
  readonly settled: readonly Settled[];
  /** Answered as they were before. */
  readonly replayed: readonly MutationId[];
  readonly version: number;
}

export type CrashPoint = 'before commit' | 'after commit' | 'over an upload' | 'over a mail';

/** The machine a storage runs on. */
export interface Machine {
  readonly run: Run;
  readonly isDead: boolean;
  /** What a real office reads in one page takes several here. */
  readonly pageRows: number;
  weather(): Weather;
  /** Ends the machine; what it was doing is never answered. */
  die(point: CrashPoint): void;
  onClaimed(blobId: string, at: string): void;
  /** Told before bytes go. */
  onDropping(blobId: string): void;
  /** Told of each commit, before anybody who waits for it. */
  onCommitted(commit: Commit): Promise<void>;
}

/** @throws SimulatedCrash where the machine dies here, or is dead already */
export function dieMaybe(machine: Machine, point: CrashPoint, probability: number): void {
  if (!machine.isDead && machine.run.chance.happens(probability)) machine.die(point);
  if (machine.isDead) throw new SimulatedCrash(point);
}

/** A moment in which others get their turn, and in which the machine may have died. */
export async function breathe(machine: Machine): Promise<void> {
  const { chance, scheduler } = machine.run;
  if (!machine.isDead && chance.happens(machine.weather().serverPause))
    await scheduler.pause(chance.between(1, 40));
  if (machine.isDead) await scheduler.abandon();
}
