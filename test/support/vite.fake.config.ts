import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const repository = resolve(import.meta.dirname, '../..');

export default defineConfig({
  root: repository,
  plugins: [react(), tailwindcss()],
  build: {
    outDir: resolve(repository, 'out/fake-desk'),
    rolldownOptions: { input: resolve(import.meta.dirname, 'fake-desk.html') },
  },
  server: { port: 4177, host: '127.0.0.1' },
});
