// What the server does for members and customers, once more, with its offices in PostgreSQL. (J3)

import { onPostgres } from '../support/on-postgres.ts';
import { keepTestDataIn } from '../support/test-data.ts';

await onPostgres(async (cluster) => {
  keepTestDataIn(cluster);
  await import('./sync/push.test.ts');
  await import('./portal/at-once.test.ts');
});
