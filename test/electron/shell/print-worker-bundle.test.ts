// The thread that prints runs from TypeScript under Node, and from a bundle under Electron: the same program. (G4)

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { build } from 'vite';
import config from '../../../electron.vite.config.ts';
import { PrintThread } from '../../../electron/core/printing/print-thread.ts';
import { readPdf } from '../../support/read-pdf.ts';

const inProject = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

test('(G4) the bundle that Electron starts prints a PDF with its fonts, pdfkit inside of it', async () => {
  // Beside node_modules, where the bundle looks for fonts.
  const outDir = inProject(`out/test-print-${process.pid}`);
  onTestFinished(() => rm(outDir, { recursive: true, force: true }));
  const { main } = config as {
    main: {
      build: { rolldownOptions: { input: Record<string, string>; external: (string | RegExp)[] } };
    };
  };
  const { input, external } = main.build.rolldownOptions;
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      rolldownOptions: { external, input: { 'print-worker': input['print-worker']! } },
    },
  });
  const program = join(outDir, 'print-worker.js');
  expect(await readFile(program, 'utf8')).not.toMatch(/from ['"]pdfkit['"]/);
  const thread = new PrintThread(program);
  onTestFinished(() => thread.leave());
  const path = join(outDir, 'copy.pdf');
  await thread.begin(path, {
    copy: 'customer',
    mark: 'Customer copy for Łucja',
    officeName: 'Nordhafen Repairs',
    hue: 'rose',
    logoPath: null,
    reference: '#2291',
    title: 'Golf 8',
    stage: { name: 'Booked', hue: 'blue' },
    facts: [],
    made: 'Made today',
    madeAt: '2026-11-12T10:05:00.000Z',
  });
  expect(await thread.end('The end.')).toEqual({ pages: 1, unshown: 0 });
  expect((await readPdf(await readFile(path))).text).toContain('Customer copy for Łucja');
}, 120_000);
