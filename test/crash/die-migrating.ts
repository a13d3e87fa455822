// Loaded before a desk's program (`node --import`), which is otherwise as it stands: it dies at the n-th statement that lays
// tables, inside the transaction that was to keep them. [F1, F3]

import BetterSqlite from 'better-sqlite3';

let layersToLive = Number(process.env['DOCKET_DIES_AT_LAYER'] ?? Number.POSITIVE_INFINITY);

const { exec } = BetterSqlite.prototype;
BetterSqlite.prototype.exec = function (source) {
  const answer = exec.call(this, source);
  if (/\b(?:CREATE|ALTER|DROP)\b/.test(source)) layersToLive -= 1;
  if (layersToLive <= 0) process.kill(process.pid, 'SIGKILL');
  return answer;
};
