import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { blobsToUpload } from '../../../../electron/core/attachments/transfers.ts';
import { openMirror, type ReadableMirror } from '../../../../electron/core/mirror/database.ts';
import { makersOf } from '../../../../electron/core/outbox/outbox.ts';
import { aJobId } from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

test.each([
  [
    'who makes what a click names',
    'outbox_makers',
    (mirror: ReadableMirror) => makersOf(mirror, [aJobId()]),
  ],
  [
    'which bytes wait to be sent',
    'outbox_with_blobs',
    (mirror: ReadableMirror) => blobsToUpload(mirror, ''),
  ],
])('(H1) %s is answered by an index, however much waits', async (_, index, ask) => {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const plans: string[] = [];
  const watched: ReadableMirror = {
    all: (sql, bindings) => {
      const plan = mirror.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, bindings);
      plans.push(...plan.map(({ detail }) => detail));
      return mirror.all(sql, bindings);
    },
    get: (sql, bindings) => mirror.get(sql, bindings),
  };
  expect(ask(watched)).toEqual([]);
  expect(plans.filter((plan) => plan.includes('outbox'))).toEqual([
    `SCAN outbox USING INDEX ${index}`,
  ]);
});
