// Loaded before a program (`node --import`), which is otherwise as it stands: it dies at the n-th statement that lays tables,
// inside the transaction that was to keep them. [F1, F3]

import BetterSqlite from 'better-sqlite3';

const LAYS_TABLES = /^\s*(?:CREATE|ALTER|DROP)\b/im;
let layersToLive = Number(process.env['DOCKET_DIES_AT_LAYER'] ?? Number.POSITIVE_INFINITY);

function countLayer(source: string): void {
  if (!LAYS_TABLES.test(source)) return;
  layersToLive -= 1;
  if (layersToLive <= 0) process.kill(process.pid, 'SIGKILL');
}

/** A desk's layers are scripts. */
const { exec, prepare } = BetterSqlite.prototype;
BetterSqlite.prototype.exec = function (source) {
  const answer = exec.call(this, source);
  countLayer(source);
  return answer;
};

/** A server's are statements: it dies before one, after those before it. */
BetterSqlite.prototype.prepare = function (source: string) {
  countLayer(source);
  return prepare.call(this, source) as never;
};
