// What must hold once everything has come to rest, whatever happened before.

import type { ReadableMirror } from '../../electron/core/mirror/database.ts';
import { PULL_PAGE_ROWS } from '../../sync-server/protocol/sync.ts';
import type { Entry } from '../../sync-server/protocol/entries.ts';
import { type ReadMark, RECORD_KINDS } from '../../sync-server/protocol/records.ts';
import type { ChangeRow } from '../../sync-server/storage/pages.ts';
import { checkBells } from './bell-invariants.ts';
import { checkCanned } from './canned-invariants.ts';
import { checkCustomerView } from './customer-view.ts';
import { checkFiles } from './file-invariants.ts';
import { madeBy } from './ledger.ts';
import { checkMails } from './mail-invariants.ts';
import { checkScheduled } from './scheduled-watch.ts';
import { short } from './run.ts';
import { sameLines } from './same-lines.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { World } from './world.ts';

export async function checkAll(world: World): Promise<void> {
  await checkServer(world);
  for (const desk of world.desks) await checkMirror(world, desk);
  checkLedger(world);
  checkOrder(world);
  checkMessages(world);
  await checkViews(world);
  checkMails(world);
  checkBells(world);
  await checkCanned(world);
  await checkScheduled(world);
  // Long after: from here on the server's clock is another one.
  await checkFiles(world);
}

/** The server's entries are the model's, and its counter stands where the last effect was. [O1, P1] */
async function checkServer(world: World): Promise<void> {
  const { run, server, model, workspaceId } = world;
  const head = await server.storage.headVersion(workspaceId);
  if (head !== model.head)
    run.violate(
      'versions have no gaps',
      `the counter says ${head ?? 'nothing'}, not ${model.head}`,
    );
  const stored: string[] = [];
  for (const jobId of model.jobs.keys())
    for (const { record, createdVersion } of await server.storage.entriesOfJob(
      workspaceId,
      jobId as never,
    )) {
      const authorId =
        record.author.kind === 'member' ? record.author.memberId : record.author.customerId;
      const text = record.kind === 'reply' ? record.text : '';
      const { id, kind, audience } = record;
      const undone = undoneOf(record);
      const earlier = record.kind === 'reply' ? (record.earlier ?? []) : [];
      if (record.kind === 'reply') world.editWatch.check(record);
      const before = earlier.map((each) => each.text).join(' < ');
      const line = [createdVersion, id, jobId, kind, audience, authorId, undone, text, before];
      stored.push(line.join(' '));
    }
  const modelled = model.entries.map((entry) => {
    const text = entry.kind === 'reply' ? entry.text : '';
    const { version, id, jobId, kind, audience, authorId, undone } = entry;
    const before = entry.earlier.join(' < ');
    return [version, id, jobId, kind, audience, authorId, undone, text, before].join(' ');
  });
  sameLines(run, 'every effect stands exactly once', stored, modelled);
  await checkStates(world);
  await checkGone(world);
}

/** Nothing that came late, from whatever device, brought back what was deleted. [O2] */
async function checkGone({ run, server, model, workspaceId }: World): Promise<void> {
  for (const id of model.gone)
    for (const kind of ['customer', 'job'] as const)
      if ((await server.storage.recordById(workspaceId, kind, id)) !== undefined)
        run.violate('what was deleted stays deleted', `${kind} ${short(id)}`);
}

function undoneOf({ withdrawn, redacted }: Entry): 'withdrawn' | 'redacted' | null {
  if (redacted !== undefined) return 'redacted';
  return withdrawn === undefined ? null : 'withdrawn';
}

/** Where things stand in the end: jobs, customers and read marks. */
async function checkStates({ run, server, model, workspaceId }: World): Promise<void> {
  const stored: string[] = [];
  for (const id of model.jobs.keys()) {
    const job = (await server.storage.recordById(workspaceId, 'job', id))?.record;
    const form = Object.entries(job?.form ?? {}).toSorted();
    const { title, customerId, pipelineId, stageId, assigneeId } = job ?? {};
    stored.push(JSON.stringify([id, title, customerId, pipelineId, stageId, assigneeId, form]));
  }
  for (const [id] of model.readMarks) {
    const mark = (await server.storage.recordById(workspaceId, 'read_mark', id))?.record;
    stored.push(JSON.stringify([id, mark?.readThroughVersion]));
  }
  const customers = await server.storage.recordsOfKind(workspaceId, 'customer');
  stored.push(...customers.map(({ record }) => record.id));
  const modelled = [...model.jobs.values()].map((job) => {
    const { id, title, customerId, pipelineId, stageId, assigneeId, form } = job;
    const values = [...form].toSorted();
    return JSON.stringify([id, title, customerId, pipelineId, stageId, assigneeId, values]);
  });
  for (const mark of model.readMarks) modelled.push(JSON.stringify(mark));
  sameLines(run, 'everything stands where it was put', stored, [...modelled, ...model.customerIds]);
}

/** Rows, versions and places in the feed are the server's, and read marks are the member's own. [L1, R1, V3] */
async function checkMirror(world: World, desk: SimulatedDesk): Promise<void> {
  const { run, server, workspaceId } = world;
  const { mirror } = desk;
  if (mirror === undefined) {
    run.violate('everybody is signed in at the end', desk.name);
    return;
  }
  const rows: ChangeRow[] = [];
  const { memberId } = desk.account;
  for (let afterVersion = 0, more = true; more; ) {
    const page = await server.storage.changesAfter({
      workspaceId,
      memberId,
      afterVersion,
      limitRows: PULL_PAGE_ROWS,
    });
    rows.push(...page.rows);
    ({ version: afterVersion, more } = page);
  }
  const standing = rows
    .filter(({ isDeleted }) => !isDeleted)
    .map(({ kind, id, version, createdVersion, data }) =>
      [kind, id, version, createdVersion, data].join(' '),
    );
  sameLines(run, `${desk.name}’s mirror equals the server`, linesOf(mirror, world, desk), standing);
  for (const { data } of mirror.all<{ data: string }>('SELECT data FROM read_mark'))
    if ((JSON.parse(data) as ReadMark).memberId !== memberId)
      run.violate('read marks are their member’s own', desk.name);
  const differed = mirror.get<{ count: number }>(
    `SELECT count(*) AS count FROM sync_log WHERE event = 'differs'`,
  );
  if ((differed?.count ?? 0) > 0) run.violate('a digest never differs', desk.name);
}

/** Confirmed rows; what waits behind something parked shows on the screen, and is no part of server truth. */
function linesOf(mirror: ReadableMirror, { ledger }: World, { name }: SimulatedDesk): string[] {
  const images = new Map<string, string | undefined>();
  for (const { seq } of ledger.outboxOf(name).toReversed()) {
    const row = mirror.get<{ before_images: string }>(
      'SELECT before_images FROM outbox WHERE seq = @seq',
      { seq },
    );
    const before = JSON.parse(row?.before_images ?? '[]') as {
      kind: string;
      id: string;
      row: { stamp: { version: number; position: number }; record: unknown } | null;
    }[];
    for (const { kind, id, row: stood } of before.toReversed())
      images.set(
        `${kind} ${id}`,
        stood === null
          ? undefined
          : [
              kind,
              id,
              stood.stamp.version,
              stood.stamp.position,
              JSON.stringify(stood.record),
            ].join(' '),
      );
  }
  return RECORD_KINDS.flatMap((kind) =>
    mirror
      .all<{ id: string; version: number | null; position: number; data: string }>(
        `SELECT id, version, position, data FROM ${kind}`,
      )
      .flatMap(({ id, version, position, data }) => {
        const key = `${kind} ${id}`;
        if (version === null && images.has(key)) return images.get(key) ?? [];
        return [kind, id, version, position, data].join(' ');
      }),
  );
}

/** Each thing a desk said yes to is on the server, or parked there with all its words, or its person gave it up. [F1, P3] */
function checkLedger({ run, ledger, model, desks }: World): void {
  for (const accepted of ledger.all) {
    const what = `${accepted.name}:${short(accepted.id)} of ${accepted.madeOn} ${accepted.args}`;
    const settled = model.settled.get(accepted.id);
    if (accepted.givenUpUnsent && settled === 'applied')
      run.violate('what was given up is never sent', what);
    const keepers = desks.filter(({ name }) => accepted.desks.get(name) === true);
    const rows = keepers.flatMap(({ name }) =>
      ledger.outboxOf(name).filter(({ id }) => id === accepted.id),
    );
    const mayBeParked = ledger.isParkedFromBefore(accepted.id);
    if (settled === 'applied' && rows.some(({ state }) => state !== 'parked' || !mayBeParked))
      run.violate('what is applied is in no outbox', what);
    if (settled !== 'applied' && keepers.length > 0 && rows.length === 0 && !accepted.isForgiven)
      run.violate('nothing accepted is lost', `${settled ?? 'unknown'} ${what}`);
  }
}

/** First in, first out: what one desk alone wrote to one job stands in the order it was written. [P2] */
function checkOrder({ run, ledger, model }: World): void {
  const versionOf = new Map(model.entries.map(({ id, version }) => [id, version]));
  const inLine = [...ledger.all].filter(
    ({ id, isSecondWish, desks }) =>
      !isSecondWish && desks.size === 1 && !ledger.wasAppliedAgain(id),
  );
  const lines = Map.groupBy(inLine, ({ madeOn, jobId }) => `${madeOn} ${jobId ?? ''}`);
  for (const line of lines.values()) {
    let last = 0;
    for (const { id, args, name } of line.toSorted((a, b) => a.seq - b.seq)) {
      const version = versionOf.get(madeBy({ name, args }) ?? '');
      if (version === undefined || model.settled.get(id) !== 'applied') continue;
      if (version < last) run.violate('first in, first out per job', `${name}:${short(id)}`);
      last = version;
    }
  }
}

/** A customer who was told that the office has their message was told the truth. */
function checkMessages({ run, customers }: World): void {
  for (const { name, answered } of customers)
    for (const [text, arrivals] of answered)
      if (arrivals !== 1)
        run.violate(
          'nothing a customer sent is lost',
          `${name}: ${text} is there ${arrivals} times`,
        );
}

async function checkViews(world: World): Promise<void> {
  for (const { id } of world.office.customers)
    for (const jobId of world.model.jobs.keys())
      await checkCustomerView(world, world.server.wired, { customerId: id, jobId });
}
