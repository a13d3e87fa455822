// Runs one of the project's scripts as a person does: a process of its own, judged by what it prints and its exit code.

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const PROJECT = join(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningScript {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Answers once the output so far matches; fails where the script ends before. */
  untilSaid(pattern: RegExp): Promise<RegExpExecArray>;
}

export interface ScriptWish {
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where the script lies; the project itself unless told otherwise. */
  readonly project?: string;
}

/** Call inside a test: a script that still runs when the test ends is ended with it. */
export function startScript({ script, args = [], env = {}, project }: ScriptWish): RunningScript {
  const folder = project ?? PROJECT;
  const child = spawn(process.execPath, [join(folder, script), ...args], {
    cwd: folder,
    // CI: no browser is opened. INIT_CWD would say where npm was started.
    env: { ...process.env, CI: 'true', INIT_CWD: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
    tell();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const untilSaid = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(stdout);
        if (found !== null) resolve(found);
      };
      listeners.add(look);
      look();
      void ended.then(() =>
        reject(new Error(`${script} ended without saying ${pattern.source}:\n${stdout}${stderr}`)),
      );
    });
  return { child, ended, untilSaid };
}

export function runScript(wish: ScriptWish): Promise<Ended> {
  return startScript(wish).ended;
}
