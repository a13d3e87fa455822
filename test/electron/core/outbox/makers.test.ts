import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openMirror, type ReadableMirror } from '../../../../electron/core/mirror/database.ts';
import { makersOf } from '../../../../electron/core/outbox/outbox.ts';
import { aJobId } from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

test('(H1) who makes what a click names is answered by an index, however much waits', async () => {
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
  expect(makersOf(watched, [aJobId()])).toEqual([]);
  expect(plans).toEqual(['SCAN outbox USING INDEX outbox_makers']);
});
