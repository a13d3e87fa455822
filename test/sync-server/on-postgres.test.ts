// What the server does for members and customers, once more, with its offices in PostgreSQL. (J3)

import { describe } from 'vitest';
import { onPostgres } from '../support/on-postgres.ts';
import { keepTestDataIn } from '../support/test-data.ts';

await onPostgres((cluster) => {
  keepTestDataIn(cluster);
  // Each in a suite of its own, so that what one sets up before its tests is not set up before those of the others.
  describe('(J3) pushes', async () => {
    await import('./sync/push.test.ts');
  });
  describe('(J3) pages', async () => {
    await import('./portal/at-once.test.ts');
  });
});
