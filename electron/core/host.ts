// Everything the core may know of its surroundings. Two cores with two hosts live in one test process, so nothing of
// this may be reached in any other way: no process.env, Date.now, Math.random or timers in the core.

import type { AxiosAdapter } from 'axios';
import type { DesktopAct, DesktopState } from './api/desktop-contract.ts';

/** How long a customer reply can be taken back before it leaves, where its member has not said. (C4) [P8] */
export const DEFAULT_UNDO_SECONDS = 10;
export const MOST_UNDO_SECONDS = 60;

export interface Host {
  /** A folder only this core writes to. */
  readonly dataFolder: string;
  /** What this device is called in the list of devices: "Mara's laptop". */
  readonly deviceName: string;
  /** Where this person keeps files; absent where the host knows of none. */
  readonly homeFolder?: string;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Uniform random bytes, fit for keys. */
  randomBytes(count: number): Uint8Array;
  /** The program of the threads that look into files (attachments/worker); undefined where nothing shall be made of them. */
  readonly fileProgram?: string;
  /** The program of the thread that prints copies of jobs (printing/worker); absent where none shall be printed. */
  readonly printProgram?: string;
  /** Absent is `DEFAULT_UNDO_SECONDS`. */
  readonly undoSeconds?: number;
  /** How requests leave this device; a test puts a network of its own here. Undefined is the machine's. */
  readonly network?: AxiosAdapter;
  /** Opens a file with the program the system has for it; absent where the host cannot. Rejects where the system says no. */
  openPath?(path: string): Promise<void>;
  /** Puts files into the hand of a person who drags in the window; absent where the host cannot. Rejects where the system says no. */
  startDrag?(paths: readonly string[]): Promise<void>;
  /** What only a desktop shell can do; absent where Docket runs in a browser. (I1) */
  readonly desktop?: Desktop;
  log(line: LogLine): void;
}

export interface Desktop {
  readonly state: DesktopState;
  /** Calls back with each new state; the returned function stops that. */
  onChange(listener: () => void): () => void;
  act(act: DesktopAct): void;
}

export interface Clock {
  /** Unix time in milliseconds. May jump either way: it is a person's computer. */
  now(): number;
  /** Calls back once after `delayMs`; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The operating system's keychain, or a file only this user can read where there is none. */
export interface Secrets {
  read(name: string): Promise<string | undefined>;
  write(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  /** A short constant phrase; never what a person wrote. */
  readonly event: string;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}
