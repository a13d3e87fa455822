// The oracle's eye on the server: what each commit settled is worked out a second time in the model, and held against the
// promises about versions, rights and what customers see.

import type { MutationArgs, MutationName } from '../../sync-server/protocol/mutations.ts';
import type { Outcome } from '../../sync-server/protocol/outcome.ts';
import type { KindedRecord } from '../../sync-server/protocol/records.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import { checkCustomerView } from './customer-view.ts';
import type { AppliedMutation } from './model.ts';
import { hasNewsFor, objectionTo, unseenBy } from './model-objections.ts';
import type { ModelReply } from './model-scheduled.ts';
import { applyCustomersWord, applyRelease, applyScheduling } from './scheduled-watch.ts';
import { short } from './run.ts';
import type { Commit, Settled } from './machine.ts';
import type { World } from './world.ts';

/** Told of every commit before anybody who waits for it; the order of commits is the order of versions. [O1] */
export async function watchCommit(world: World, commit: Commit, storage: Storage): Promise<void> {
  const { run, model } = world;
  run.count('replays absorbed', commit.replayed.length);
  let version = model.head;
  const jobIds = new Set<string>();
  for (const settled of commit.settled) {
    const { id } = settled.identity;
    if (model.settled.has(id))
      run.violate('a mutation is applied at most once', `${short(id)} was settled twice`);
    model.settled.set(id, settled.outcome.kind);
    countOutcome(world, settled);
    checkReason(world, settled);
    const { outcome, answer } = settled;
    if (!changesSomething(outcome)) continue;
    version += 1;
    if (outcome.kind === 'applied' && !(answer.kind === 'applied' && answer.version === version))
      run.violate('versions have no gaps', `${JSON.stringify(answer)}, not ${version}`);
    apply(world, settled, { version, jobIds });
  }
  if (commit.version !== version)
    run.violate('versions have no gaps', `the commit says ${commit.version}, not ${version}`);
  model.head = version;
  world.mailWatch.look();
  for (const jobId of jobIds) await checkViews(world, storage, jobId);
}

function changesSomething(outcome: Outcome): boolean {
  if (outcome.kind === 'applied' && outcome.deletion !== undefined) return true;
  return 'puts' in outcome && outcome.puts.length > 0;
}

function countOutcome({ run, ledger }: World, { identity, outcome }: Settled): void {
  // The portal and the server make ids by a chance of their own.
  const isOurs = /^(member|admin):/.test(identity.actorKey);
  const what = isOurs ? short(identity.id) : 'what a customer or the server did';
  run.tell('server', `${outcome.kind} ${what}`);
  ledger.settled(identity.id, outcome.kind);
  if (outcome.kind === 'refused' && outcome.refusal.code === 'customer-deleted')
    run.count('refused for a deletion');
  const deleted = outcome.kind === 'applied' ? outcome.deletion?.keys[0]?.kind : undefined;
  if (deleted === 'customer') run.count('customers deleted');
  if (deleted === 'canned_reply') run.count('canned replies deleted or moved');
  if (outcome.kind === 'refused' && outcome.refusal.code === 'canned-reply-missing')
    run.count('refused for a canned reply that is gone');
  if (outcome.kind === 'applied') run.count('applied');
  else if (outcome.kind === 'refused') run.count('refused by the server');
  else if (outcome.kind === 'held') run.count('held by the server');
  else {
    run.count('conflicted');
    if (ledger.find(identity.id)?.name === 'update_canned_reply')
      run.count('conflicts over a canned reply');
  }
}

function checkReason(world: World, { identity, outcome }: Settled): void {
  const { run, ledger, model } = world;
  const accepted = ledger.find(identity.id);
  if (accepted === undefined) return;
  if (outcome.kind === 'conflicted' && outcome.conflict.kind === 'text')
    run.count('edits that met another text');
  if (outcome.kind === 'conflicted' && outcome.puts.length === 0) {
    const { name, args, memberId: authorId } = accepted;
    if (name.endsWith('_scheduled_reply')) world.scheduledTally['found quicker'] += 1;
    const wish = { name: name as MutationName, args: JSON.parse(args) as unknown, authorId };
    if (objectionTo(model, wish) === undefined)
      run.violate('nothing conflicts without a reason', name);
  }
  if (outcome.kind !== 'held') return;
  if (!hasNewsFor(model, JSON.parse(accepted.args), accepted.memberId))
    run.violate('nothing is held without a reason', short(identity.id));
}

interface Effect {
  readonly version: number;
  /** Jobs whose customers may see something else now. */
  readonly jobIds: Set<string>;
}

function apply(world: World, { identity, outcome }: Settled, effect: Effect): void {
  const { run, ledger, model } = world;
  if (!('puts' in outcome)) return;
  const [kind, authorId = ''] = identity.actorKey.split(':');
  if (identity.actorKey === 'server:scheduled') {
    released(world, outcome.puts, effect);
    return;
  }
  if (kind !== 'member') {
    for (const put of outcome.puts) {
      applyPut(world, put, { ...effect, authorId });
      const isWord = put.kind === 'entry' && put.record.author.kind === 'customer';
      if (isWord) applyCustomersWord(world, put.record.jobId, outcome.puts);
    }
    return;
  }
  const accepted = ledger.find(identity.id);
  if (accepted?.memberId !== authorId) {
    run.violate('the server applies what was accepted', short(identity.id));
    return;
  }
  const name = accepted.name as MutationName;
  const mutation = {
    name,
    args: JSON.parse(accepted.args) as unknown,
    authorId,
    version: effect.version,
  };
  const objection = objectionTo(model, mutation);
  if (outcome.kind === 'conflicted') {
    if (objection === undefined) run.violate('nothing conflicts without a reason', name);
    model.keepWish(identity.id, mutation);
    if (outcome.puts.some(({ record }) => 'kind' in record && record.kind === 'form_save'))
      run.count('forms saved but for what clashed');
    if (accepted.jobId !== null) effect.jobIds.add(accepted.jobId);
    return;
  }
  if (['post_entry', 'schedule_reply', 'create_canned_reply'].includes(name))
    checkBytes(world, mutation);
  if (objection !== undefined)
    run.violate('nobody writes past what they have not seen', `${name}: ${objection}`);
  checkSeen(world, mutation);
  noteEdit(world, mutation);
  model.apply(mutation);
  applyScheduling(world, mutation, outcome.puts);
  noteNews(world, mutation);
  if (accepted.jobId !== null && name !== 'mark_read') effect.jobIds.add(accepted.jobId);
}

function noteEdit({ model, editWatch }: World, { name, args }: AppliedMutation): void {
  if (name !== 'edit_entry') return;
  const { entryId, text } = args as MutationArgs<'edit_entry'>;
  const before = model.entries.find(({ id }) => id === entryId)?.text ?? '';
  editWatch.edited(entryId, before, text);
}

/** A time had come, and the server did by itself what was to be done. (C8) */
function released(world: World, puts: readonly KindedRecord[], effect: Effect): void {
  const { version, jobIds } = effect;
  const sent = applyRelease(world, puts, version);
  for (const put of puts)
    if (put.kind === 'mail') applyPut(world, put, { ...effect, authorId: '' });
  if (sent === undefined) return;
  tellOf(world, sent, version);
  jobIds.add(sent.jobId);
}

/** Its customer hears of it as of any reply. (F2) */
function tellOf(world: World, { id, authorId, ...reply }: ModelReply, version: number): void {
  const args = { ...reply, entryId: id, audience: 'visible' };
  noteNews(world, { name: 'post_entry', args, authorId, version });
}

/** What a customer is to hear of by mail. (F2) */
function noteNews(world: World, { name, args, version }: AppliedMutation): void {
  const { run, model, mailWatch } = world;
  if (name === 'end_scheduled_reply') {
    const { entryId } = args as MutationArgs<'end_scheduled_reply'>;
    const reply = model.scheduled.find(entryId);
    const isNow = model.entries.some((entry) => entry.id === entryId && entry.version === version);
    if (reply?.state === 'sent' && isNow) tellOf(world, reply, version);
    return;
  }
  const [entryId, text, fileIds] = newsIn(name, args);
  const entry = model.entries.find(({ id }) => id === entryId);
  const job = model.jobs.get(entry?.jobId ?? '');
  if (entry === undefined || job === undefined || (text === '' && fileIds.length === 0)) return;
  const { customerId, id: jobId } = job;
  mailWatch.due({ entryId, jobId, customerId, version, atMs: run.nowMs, text, fileIds });
}

type NewsParts = readonly [entryId: string, text: string, fileIds: readonly string[]];

function newsIn(name: MutationName, args: unknown): NewsParts {
  if (name === 'post_entry') {
    const { entryId, audience, text, attachments } = args as MutationArgs<'post_entry'>;
    const shown = attachments.filter((file) => file.audience === 'visible');
    const fileIds = shown.map(({ attachmentId }) => attachmentId);
    return [entryId, audience === 'visible' ? text : '', fileIds];
  }
  if (name !== 'change_file_audience') return ['', '', []];
  const { entryId, audience, attachmentId } = args as MutationArgs<'change_file_audience'>;
  return [entryId, '', audience === 'visible' ? [attachmentId] : []];
}

/** Bytes before records: what a record names is on the server's disk, whole. [B2] */
function checkBytes({ run, server, files }: World, { args }: AppliedMutation): void {
  const { attachments = [], files: canned = [] } = args as Partial<
    MutationArgs<'post_entry'> & MutationArgs<'create_canned_reply'>
  >;
  for (const { blobId, name } of [...attachments, ...canned])
    if (server.bytesOf(blobId)?.toString() !== files.textOf(blobId))
      run.violate('bytes are there before the record that names them', name);
}

/** A reply goes to the customer only where its author knew everything that stood there. [P6] */
function checkSeen({ run, model, seen }: World, { name, args, authorId }: AppliedMutation): void {
  if (name !== 'post_entry') return;
  const { entryId, jobId, audience, text, attachments } = args as MutationArgs<'post_entry'>;
  const known = seen.get(entryId);
  const isForCustomer =
    audience === 'visible' || attachments.some((file) => file.audience === 'visible');
  if (!isForCustomer || known === undefined) return;
  const unseen = unseenBy(model, { authorId, jobId }, known);
  if (unseen !== undefined)
    run.violate(
      'a reply is sent by who has seen the job',
      `${text}: not ${JSON.stringify(unseen)}`,
    );
}

/** What customers and the administrator did: no desk has accepted it. */
function applyPut(
  { model, customers, doorWatch }: World,
  put: KindedRecord,
  { authorId, version, jobIds }: Effect & { readonly authorId: string },
): void {
  if (put.kind === 'pipeline') {
    model.pipelines.set(put.record.id, put.record);
    for (const job of model.jobs.values()) jobIds.add(job.id);
  }
  if (put.kind === 'customer') {
    model.mails.put(put.record);
    doorWatch.put(put.record);
  }
  if (put.kind === 'mail') {
    const { id, jobId, refused = [] } = put.record;
    model.bell.mail(id, refused.length > 0 ? { jobId, version } : undefined);
  }
  if (put.kind === 'portal_visit')
    model.mails.read(put.record.customerId, put.record.jobId, put.record.seenVersion);
  if (put.kind !== 'entry' || put.record.kind !== 'reply') return;
  const { id: entryId, jobId, text } = put.record;
  customers.find(({ id }) => id === authorId)?.arrived(text);
  model.apply({ name: 'customer_reply', args: { jobId, entryId, text }, authorId, version });
  jobIds.add(jobId);
}

/** At every moment a customer sees what the model says, and never more. [V1] */
async function checkViews(world: World, storage: Storage, jobId: string): Promise<void> {
  for (const { id } of world.office.customers)
    if (world.model.jobs.get(jobId)?.customerId === id)
      await checkCustomerView(world, storage, { customerId: id, jobId });
}
