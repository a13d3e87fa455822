// The loopback host: the core in plain Node, its window a browser. `node electron/loopback/main.ts --data DIR --server URL --port N
// --undo-seconds N`

import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startCore } from '../core/core.ts';
import { DEFAULT_UNDO_SECONDS, type Host, MOST_UNDO_SECONDS, type Secrets } from '../core/host.ts';
import { nodeHost } from './node-host.ts';
import { buildLoopbackServer } from './server.ts';

const LAUNCH_TOKEN = 'launch-token';
const RENDERER_FOLDER = fileURLToPath(new URL('../../out/renderer', import.meta.url));

try {
  await main();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      server: { type: 'string' },
      port: { type: 'string' },
      'undo-seconds': { type: 'string' },
    },
  });
  const dataFolder = values.data ?? '.docket/desk';
  const port = Number(values.port ?? 4811);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    fail(`“${values.port}” is not a port. Choose a number from 1 to 65535 with --port.`);
  requireWritable(dataFolder);
  const undoSeconds = Number(values['undo-seconds'] ?? DEFAULT_UNDO_SECONDS);
  if (!Number.isInteger(undoSeconds) || undoSeconds < 0 || undoSeconds > MOST_UNDO_SECONDS)
    fail(
      `“${values['undo-seconds']}” is no time for taking a reply back. Choose 0 to ${MOST_UNDO_SECONDS} seconds with --undo-seconds.`,
    );
  const host: Host = { ...nodeHost(dataFolder), undoSeconds };
  const core = await startCore(host, values.server ?? '');
  const token = await launchToken(host.secrets);
  const app = await buildLoopbackServer({ core, rendererFolder: RENDERER_FOLDER, token, port });
  try {
    await app.listen({ host: '127.0.0.1', port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      fail(
        `Port ${port} is in use by another program. Close it, or choose another port with --port.`,
      );
    throw error;
  }
  const url = `http://127.0.0.1:${port}/?token=${token}`;
  process.stdout.write(`${JSON.stringify({ event: 'listening', url })}\n`);

  const stop = () => {
    void Promise.all([app.close(), core.close()]).then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** Kept across starts, so that a tab that is open goes on by itself after a restart. */
async function launchToken(secrets: Secrets): Promise<string> {
  const known = await secrets.read(LAUNCH_TOKEN);
  if (known !== undefined) return known;
  const made = randomBytes(24).toString('base64url');
  await secrets.write(LAUNCH_TOKEN, made);
  return made;
}

function requireWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    fail(
      `Docket may not write to ${folder}. Choose another folder with --data, or change its permissions.`,
    );
  }
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
