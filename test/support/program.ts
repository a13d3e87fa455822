// Programs as a machine runs them: processes of their own that can be killed without warning.

import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_WITHIN_MS = 20_000;

export interface Program {
  /** From the line a program prints once it listens. */
  readonly url: string;
  /** No warning, no clean-up: what a crash or a power cut does to it. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  output(): string;
}

/** Starts `node FILE ARGS…` in the project and waits for its `{"event":"listening","url":…}` line. */
export async function startProgram(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  const url = await new Promise<string>((resolve, reject) => {
    const give = (reason: string) =>
      reject(new Error(`${file} ${reason}. It said: ${output.slice(-2000)}`));
    const timer = setTimeout(() => give('did not start in time'), READY_WITHIN_MS);
    child.once('exit', (code) => give(`ended with ${code}`));
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      const found = listeningUrl(output);
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
  child.removeAllListeners('exit');
  return {
    url,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
    output: () => output,
  };
}

/** A port nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

function listeningUrl(output: string): string | undefined {
  for (const line of output.split('\n'))
    if (line.includes('"listening"'))
      try {
        const parsed: unknown = JSON.parse(line);
        if (typeof parsed === 'object' && parsed !== null && 'url' in parsed)
          return String(parsed.url);
      } catch {
        // The rest of the line is still on its way.
      }
  return undefined;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
