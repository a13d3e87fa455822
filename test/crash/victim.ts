// A program that may be killed at any moment, even before it has said a word.

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const LAST_WORDS = 2000;

export interface Victim {
  readonly isAlive: boolean;
  /** The last JSON line with this event; undefined where there was none. */
  last(event: string): Record<string, unknown> | undefined;
  /** Resolves with the first line, said already or not, that is it; never where it ends before. */
  until(isIt: (event: Record<string, unknown>) => boolean): Promise<void>;
  /** The exit code; null where it was killed. */
  readonly ended: Promise<number | null>;
  /** No warning, no clean-up. Answers whether there was something to kill. */
  kill(): Promise<boolean>;
  lastWords(): string;
}

export function startVictim(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Victim {
  const child = spawn(process.execPath, args, {
    cwd: PROJECT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events = new Map<string, Record<string, unknown>>();
  const listeners = new Set<() => void>();
  let words = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    const parsed = parsedLine(line);
    if (typeof parsed?.['event'] !== 'string') return;
    events.set(parsed['event'], parsed);
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    words = `${words}${chunk.toString('utf8')}`.slice(-LAST_WORDS);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    get isAlive() {
      return isAlive(child);
    },
    last: (event) => events.get(event),
    until: (isIt) =>
      new Promise((resolve) => {
        const look = () => {
          if ([...events.values()].some(isIt)) resolve();
        };
        listeners.add(look);
        look();
      }),
    ended,
    kill: async () => {
      const wasAlive = isAlive(child);
      child.kill('SIGKILL');
      await ended;
      return wasAlive;
    },
    lastWords: () => words.trim(),
  };
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function parsedLine(line: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
