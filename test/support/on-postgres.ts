import { afterAll, expect, it } from 'vitest';
import { NoPostgres, type PostgresCluster, startPostgres } from './postgres.ts';

/** Runs a file's tests on a cluster; where PostgreSQL cannot run, such as on a platform without binaries, says why instead. */
export async function onPostgres(
  suite: (cluster: PostgresCluster) => void | Promise<void>,
): Promise<void> {
  let cluster: PostgresCluster;
  try {
    cluster = await startPostgres();
  } catch (reason) {
    if (!(reason instanceof NoPostgres)) throw reason;
    console.warn(`Not tested on PostgreSQL, which cannot run here: ${reason.message}`);
    it('goes without PostgreSQL, which cannot run here', () => {
      expect(reason.message).not.toBe('');
    });
    return;
  }
  afterAll(() => cluster.stop());
  await suite(cluster);
}
