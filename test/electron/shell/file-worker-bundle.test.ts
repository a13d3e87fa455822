// The threads that look into files run from TypeScript under Node, and from a bundle under Electron: the same program.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { build } from 'vite';
import config from '../../../electron.vite.config.ts';
import { openFilePool } from '../../../electron/core/attachments/file-pool.ts';
import { systemClock } from '../../../electron/loopback/node-host.ts';

const inProject = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

test('(D5) the bundle that Electron starts in threads shows a HEIC and a PDF, with libheif outside of it', async () => {
  // Beside node_modules, where the bundle looks for what is not in it.
  const outDir = inProject(`out/test-${process.pid}`);
  onTestFinished(() => rm(outDir, { recursive: true, force: true }));
  const { input, external } = mainOptions();
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      rolldownOptions: { external, input: { 'file-worker': input['file-worker']! } },
    },
  });
  const program = join(outDir, 'file-worker.js');
  const pool = openFilePool({ clock: systemClock, log: () => undefined, program });
  onTestFinished(() => pool.close());
  for (const [path, mediaType] of [
    ['test/support/files/turned-p3.heic', 'image/heic'],
    ['sync-server/admin/demo-office/files/policy-page.pdf', 'application/pdf'],
  ] as const) {
    const result = await pool.run({ kind: 'pictures', path: inProject(path), mediaType });
    expect(result).toMatchObject({ kind: 'found', findings: { problem: null } });
  }
}, 120_000);

/** What electron-vite is told of the main process's programs. */
function mainOptions() {
  const { main } = config as {
    main: {
      build: {
        rolldownOptions: { input: Record<string, string>; external: (string | RegExp)[] };
      };
    };
  };
  const { rolldownOptions } = main.build;
  const isOutside = (name: string) =>
    rolldownOptions.external.some((one) =>
      typeof one === 'string' ? one === name : one.test(name),
    );
  expect(isOutside('libheif-js/wasm-bundle.js')).toBe(true);
  return rolldownOptions;
}
