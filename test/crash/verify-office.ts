// Whether an office that came to rest is what its desks were told: nothing accepted is lost, nothing is there twice, and
// every desk has what the server has. Reads the files, not the programs. [F1]

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite, { type Database } from 'better-sqlite3';
import { addDigests, EMPTY_DIGEST } from '../../sync-server/protocol/digest.ts';
import { RECORD_KINDS } from '../../sync-server/protocol/records.ts';
import type { AcceptedText, CrashTally } from './crash-report.ts';
import { mirrorFile, officeFolder } from './desk-folder.ts';

interface SettledDesk {
  readonly name: string;
  readonly folder: string;
  readonly email: string;
  readonly accepted: readonly AcceptedText[];
}

interface ServerRow {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly created_version: number;
  readonly owner_member_id: string | null;
  readonly is_deleted: number;
  readonly data: string;
}

interface Found {
  readonly counts: Pick<
    CrashTally,
    | 'texts accepted'
    | 'texts on the server'
    | 'texts held for a person'
    | 'written but killed before the answer'
    | 'files with their bytes'
    | 'rows compared'
  >;
  readonly violations: readonly string[];
}

/** Texts of crash runs begin like this, so that none is taken for one of the office's own. */
const WRITTEN = /written \d+-\d+/;
const MOST_TOLD = 20;

export async function verifyOffice(
  serverFolder: string,
  desks: readonly SettledDesk[],
): Promise<Found> {
  const office = new BetterSqlite(join(serverFolder, 'server.sqlite'));
  const mirrors = desks.map((desk) => ({
    desk,
    mirror: new BetterSqlite(mirrorFile(desk.folder)),
  }));
  const rows = office
    .prepare<[], ServerRow>(
      'SELECT kind, id, version, created_version, owner_member_id, is_deleted, data FROM record',
    )
    .all();
  const files = attachmentProblems(rows, serverFolder);
  const texts = countTexts(rows, mirrors, desks);
  const compared = mirrors.map(({ desk, mirror }) =>
    mirrorProblems(office, rows, { desk, mirror }),
  );
  const violations = [
    ...brokenFiles(office, 'The server’s database'),
    ...mirrors.flatMap(({ desk, mirror }) => brokenFiles(mirror, `${desk.name}’s database`)),
    ...counterProblems(office, rows),
    ...files.problems,
    ...texts.problems,
    ...compared.flatMap(({ problems }) => problems),
    ...desks.flatMap((desk) => missingBytes(desk)),
  ];
  for (const { mirror } of mirrors) mirror.close();
  office.close();
  const told = violations.slice(0, MOST_TOLD);
  if (violations.length > MOST_TOLD) told.push(`… and ${violations.length - MOST_TOLD} more`);
  return {
    violations: told,
    counts: {
      ...texts.counts,
      'files with their bytes': files.whole,
      'rows compared': compared.reduce((sum, { count }) => sum + count, 0),
    },
  };
}

function brokenFiles(database: Database, name: string): string[] {
  const answer = database.pragma('integrity_check', { simple: true });
  return answer === 'ok' ? [] : [`${name} is damaged: ${String(answer)}`];
}

/**
 * Every version up to the head left a trace, and none beyond it. A row that was written over says only when it was born and
 * when it last changed; what happened in between, the answers say. [O1, P1]
 */
function counterProblems(office: Database, rows: readonly ServerRow[]): string[] {
  const { version: head } = office.prepare('SELECT version FROM workspace').get() as {
    version: number;
  };
  const answered = office
    .prepare<[], number>(
      `SELECT outcome ->> '$.version' FROM settled_mutation WHERE outcome ->> '$.kind' = 'applied'`,
    )
    .pluck()
    .all();
  const traces = rows.flatMap((row) => [row.version, row.created_version]);
  const seen = new Set([...traces, ...answered]);
  const missing = Array.from({ length: head }, (_, index) => index + 1).filter(
    (version) => !seen.has(version),
  );
  const problems =
    missing.length > 0 ? [`Versions without a trace: ${missing.slice(0, 5).join(', ')}`] : [];
  if (Math.max(...seen) > head) problems.push('A row or an answer is newer than the head');
  return problems;
}

function countTexts(
  rows: readonly ServerRow[],
  mirrors: readonly { desk: SettledDesk; mirror: Database }[],
  desks: readonly SettledDesk[],
) {
  const onServer = new Map<string, number>();
  for (const { kind, data } of rows)
    if (kind === 'entry' || kind === 'job') countText(onServer, data);
  const parked = new Map<string, number>();
  const problems: string[] = [];
  for (const { desk, mirror } of mirrors) {
    const outbox = mirror
      .prepare<[], { state: string; args: string }>('SELECT state, args FROM outbox')
      .all();
    for (const { state, args } of outbox) {
      countText(parked, args);
      if (state !== 'parked') problems.push(`${desk.name} still has something to send`);
    }
  }
  const accepted = new Set(desks.flatMap((desk) => desk.accepted.map(({ text }) => text)));
  for (const text of new Set([...accepted, ...onServer.keys(), ...parked.keys()])) {
    const copies = [onServer.get(text) ?? 0, parked.get(text) ?? 0] as const;
    const sum = copies[0] + copies[1];
    if (sum === 0) problems.push(`Lost: “${text}” was accepted and is nowhere`);
    if (sum > 1)
      problems.push(
        `Doubled: “${text}” is on the server ${copies[0]}×, and before its author ${copies[1]}×`,
      );
  }
  const unanswered = [...onServer.keys(), ...parked.keys()].filter((text) => !accepted.has(text));
  return {
    problems,
    counts: {
      'texts accepted': accepted.size,
      'texts on the server': onServer.size,
      'texts held for a person': parked.size,
      'written but killed before the answer': unanswered.length,
    },
  };
}

function countText(counts: Map<string, number>, data: string): void {
  const found = WRITTEN.exec(data)?.[0];
  if (found !== undefined) counts.set(found, (counts.get(found) ?? 0) + 1);
}

/** Whoever sees a file can open it, and it is the file its author took in. [B1, B2] */
function attachmentProblems(rows: readonly ServerRow[], serverFolder: string) {
  const problems: string[] = [];
  let whole = 0;
  const workspaceId = rows.find(({ kind }) => kind === 'workspace')?.id ?? '';
  for (const row of rows) {
    if (row.kind !== 'attachment') continue;
    const { blobId, name } = JSON.parse(row.data) as { blobId: string; name: string };
    const file = join(serverFolder, 'blobs', workspaceId, blobId.slice(0, 2), blobId);
    if (!existsSync(file)) problems.push(`The server has “${name}” without its bytes`);
    else if (sha256(file) !== blobId) problems.push(`The bytes of “${name}” are others`);
    else whole += 1;
  }
  return { problems, whole };
}

/** What a desk said it took in, it has. [B1] */
function missingBytes({ name, folder, accepted }: SettledDesk): string[] {
  return accepted
    .flatMap(({ blobIds }) => blobIds)
    .filter((blobId) => {
      const file = join(officeFolder(folder), 'blobs', blobId.slice(0, 2), blobId);
      return !existsSync(file) || sha256(file) !== blobId;
    })
    .map((blobId) => `${name} took in ${blobId} and does not have it`);
}

/** Row by row and by digest: what the server has for this member is what the mirror has. [L5, V3] */
function mirrorProblems(
  office: Database,
  rows: readonly ServerRow[],
  { desk, mirror }: { desk: SettledDesk; mirror: Database },
) {
  const memberId = memberOf(rows, desk.email);
  const expected = new Map(
    rows
      .filter((row) => row.is_deleted === 0)
      .filter(({ owner_member_id: owner }) => owner === null || owner === memberId)
      .map((row) => [`${row.kind}/${row.id}`, row]),
  );
  const problems: string[] = [];
  let count = 0;
  for (const kind of RECORD_KINDS) {
    const mirrored = mirror
      .prepare<[], { id: string; version: number | null; position: number; data: string }>(
        `SELECT id, version, position, data FROM ${kind}`,
      )
      .all();
    for (const { id, version, position, data } of mirrored) {
      const row = expected.get(`${kind}/${id}`);
      expected.delete(`${kind}/${id}`);
      count += 1;
      const isSame =
        row?.version === version && row.created_version === position && isSameJson(row.data, data);
      if (!isSame) problems.push(`${desk.name} has another ${kind} ${id} than the server`);
    }
  }
  for (const key of expected.keys()) problems.push(`${desk.name} is without ${key}`);
  const digests = [serverDigest(office, memberId), mirrorDigest(mirror)] as const;
  if (digests[0] !== digests[1])
    problems.push(`${desk.name} has digest ${digests[1]}, the server ${digests[0]}`);
  return { problems, count };
}

function memberOf(rows: readonly ServerRow[], email: string): string {
  const row = rows.find(
    ({ kind, data }) =>
      kind === 'member' && (JSON.parse(data) as { email: string }).email === email,
  );
  if (row === undefined) throw new Error(`Nobody has the address ${email}.`);
  return row.id;
}

function serverDigest(office: Database, memberId: string): string {
  const parts = office
    .prepare<[string], { rows: number; sum: number }>(
      `SELECT rows, sum FROM digest WHERE owner IN ('', ?)`,
    )
    .all(memberId);
  return JSON.stringify(parts.reduce(addDigests, EMPTY_DIGEST));
}

function mirrorDigest(mirror: Database): string {
  const row = mirror.prepare(`SELECT value FROM meta WHERE key = 'digest'`).get() as
    | { value: string }
    | undefined;
  return row?.value ?? 'none';
}

function isSameJson(one: string, other: string): boolean {
  return one === other || canonical(one) === canonical(other);
}

function canonical(text: string): string {
  return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
