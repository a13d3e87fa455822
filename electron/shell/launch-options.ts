// What Docket was started with: `electron . --data DIR --server URL`. A packaged Docket is started with nothing.

import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface LaunchOptions {
  /** The core's folder. */
  readonly dataFolder: string;
  /** Chromium's own folder: caches, and the page's storage with the drafts in it. */
  readonly browserFolder: string;
  /** Offered at the first sign-in; '' where none was given. */
  readonly defaultServerUrl: string;
}

/** @param argv all of `process.argv`; Chromium's own switches stand among ours and are passed over */
export function readLaunchOptions(argv: readonly string[], userDataFolder: string): LaunchOptions {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: { data: { type: 'string' }, server: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const folder = typeof values.data === 'string' ? resolve(values.data) : undefined;
  return {
    dataFolder: folder ?? join(userDataFolder, 'desk'),
    browserFolder: folder === undefined ? userDataFolder : join(folder, 'browser'),
    defaultServerUrl: typeof values.server === 'string' ? values.server : '',
  };
}
