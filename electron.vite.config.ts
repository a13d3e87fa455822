import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const inProject = (path: string): string => join(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      // Bundled, so that an installer carries what the client uses and nothing of the server. A native package cannot be.
      externalizeDeps: false,
      rolldownOptions: {
        // Native ones cannot be bundled; libheif is LGPL and stays a file of its own, which whoever has Docket may replace;
        // pdf.js loads its parts by their places.
        external: ['better-sqlite3', 'sharp', '@napi-rs/canvas', /^libheif-js/, /^pdfjs-dist/],
        input: {
          main: inProject('electron/main.ts'),
          'core-process': inProject('electron/shell/core-process.ts'),
          'file-worker': inProject('electron/core/attachments/worker/file-worker.ts'),
          'print-worker': inProject('electron/core/printing/worker/print-worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can load nothing beside itself, and only as CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: inProject('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: inProject('renderer'),
    plugins: [react(), tailwindcss()],
    build: {
      outDir: inProject('out/renderer'),
      rolldownOptions: { input: inProject('renderer/index.html') },
      // electron-vite does not minify unless told to, and the loopback host serves these files to a browser.
      minify: true,
      // Both hosts' content security policies allow files of our own only.
      assetsInlineLimit: 0,
    },
  },
});
