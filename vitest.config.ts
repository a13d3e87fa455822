import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Two projects, because the end-to-end stories need a browser, a built renderer and more patience. scripts/test.mjs
// provides all three and runs both; `vitest run --project unit` needs nothing but the dependencies.
export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**'],
          setupFiles: ['test/support/patience.ts'],
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 20_000,
          hookTimeout: 20_000,
          // Much of a test is waiting for a disk, a program or a clock: two files at a time on two cores as well.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          setupFiles: ['test/support/patience.ts'],
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each has a browser, a server and desks of its own, and much of a story is waiting for another of them.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
