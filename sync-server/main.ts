// Starts the sync server and stops it: one process, and as many more as share a database and a bucket.

import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { buildApp, listeningUrl } from './app.ts';
import { openData } from './blobs/open-data.ts';
import { DataFolderError, type OpenData } from './blobs/open-data-folder.ts';
import { type Config, ConfigError, readConfig, type StartConfig } from './config.ts';
import { openTransport } from './mail/open-transport.ts';
import { type RunningMail, startMail } from './mail/start-mail.ts';
import { StartError } from './errors.ts';
import { type RunningScheduled, startScheduled } from './scheduled/start-scheduled.ts';
import { machineTimers } from './timers.ts';

/** Whatever still runs after this long is cut off: every commit is whole, so nothing accepted is lost. [F1] */
const STOP_MS = 900;
const HOUSE_EVERY_MS = 60 * 60 * 1000;
/** A mail that is being handed over may come to its end, so that nobody need wonder whether it left. */
const MAIL_GRACE_MS = 600;

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const data = await openData(config);
  // Lines are written while answers go on, several at a time; a process that ends writes what is left.
  const logTo = pino.destination({ sync: false });
  const app = await buildApp({ config, ...data, logTo, now: () => Date.now() });
  const running: Running = { app, data, mail: undefined, scheduled: undefined };
  stopOnSignals(running);
  keepHouseHourly(app);
  await app.listen({ host: config.host, port: config.port });
  const url = listeningUrl(app, config);
  running.mail = startMail({
    storage: data.storage,
    transport: openTransport(config.mail),
    from: config.mail.from,
    claimant: randomUUID(),
    publicUrl: () => config.publicUrl ?? url,
    now: () => Date.now(),
    timers: machineTimers,
    onFailure: (err) => app.log.error({ err, event: 'mail-failed' }),
  });
  running.scheduled = startScheduled({
    storage: data.storage,
    now: () => Date.now(),
    timers: machineTimers,
    onFailure: (err) => app.log.error({ err, event: 'scheduled-failed' }),
  });
  // Whoever started this process waits for this line, so it does not depend on the log level.
  pino({ base: null }).info({ event: 'listening', url, mailFolder: folderOf(config) });
}

function keepHouseHourly(app: FastifyInstance): void {
  const keep = async () => {
    try {
      app.log.info({ event: 'house-kept', ...(await app.keepHouse()) });
    } catch (err) {
      app.log.error({ event: 'house-not-kept', err });
    }
  };
  setInterval(() => void keep(), HOUSE_EVERY_MS).unref();
}

function folderOf({ mail }: StartConfig): string | undefined {
  return mail.kind === 'folder' ? mail.folder : undefined;
}

interface Running {
  readonly app: FastifyInstance;
  readonly data: OpenData;
  /** From when customers' links have an address to begin with. */
  mail: RunningMail | undefined;
  scheduled: RunningScheduled | undefined;
}

function stopOnSignals(running: Running): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(0), STOP_MS).unref();
    const { app, data, mail, scheduled } = running;
    void Promise.all([app.close(), mail?.stop(MAIL_GRACE_MS), scheduled?.stop()])
      .then(() => data.storage.close())
      .then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

const FOR_A_PERSON = [ConfigError, DataFolderError, StartError];

/** One sentence for the person who started the server; undefined where it is our own failure. */
function sentenceFor(error: unknown, config: Pick<Config, 'host' | 'port'>): string | undefined {
  if (FOR_A_PERSON.some((kind) => error instanceof kind)) return (error as Error).message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${config.port} is already in use. Stop the other program or choose another port with DOCKET_PORT.`;
    case 'EACCES':
      return `Port ${config.port} may not be used by this account. Choose one above 1023 with DOCKET_PORT.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This computer has no address ${config.host}. Choose another one with DOCKET_HOST.`;
    default:
      return undefined;
  }
}

try {
  await start();
} catch (error) {
  const sentence =
    error instanceof ConfigError ? error.message : sentenceFor(error, readConfig(process.env));
  process.stderr.write(`${sentence ?? `The sync server could not start: ${String(error)}`}\n`);
  process.exit(1);
}
