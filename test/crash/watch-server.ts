// Loaded before sync-server/main.ts (`node --import`), which is otherwise as it stands. Writes a line for each mutation that
// came again and got its first answer, and, where told so, dies at the worst of moments: after a commit, before its answer.

import { appendFileSync } from 'node:fs';
import { BufferedTransaction } from '../../sync-server/storage/buffered-transaction.ts';
import { KyselyStorage } from '../../sync-server/storage/kysely-storage.ts';

const replaysFile = process.env['DOCKET_REPLAYS'];
let commitsToLive = Number(process.env['DOCKET_DIES_AFTER_COMMITS'] ?? Number.POSITIVE_INFINITY);

const { isSettled } = BufferedTransaction.prototype;
BufferedTransaction.prototype.isSettled = async function (identity) {
  const wasSettled = await isSettled.call(this, identity);
  if (wasSettled && replaysFile !== undefined) appendFileSync(replaysFile, `${identity.id}\n`);
  return wasSettled;
};

const { transact } = KyselyStorage.prototype;
KyselyStorage.prototype.transact = async function (workspaceId, work) {
  const committed = await transact.call(this, workspaceId, work);
  commitsToLive -= 1;
  if (commitsToLive <= 0) process.kill(process.pid, 'SIGKILL');
  return committed;
};
