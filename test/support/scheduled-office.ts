// An office in which replies wait for their time: the mail office, with what a person at a desk and the server's timer do. (C8)

import { releaseDue } from '../../sync-server/scheduled/start-scheduled.ts';
import type { EntryId } from '../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../sync-server/protocol/mutations.ts';
import type { PushOutcome } from '../../sync-server/protocol/outcome.ts';
import type { Entry } from '../../sync-server/protocol/entries.ts';
import {
  type ScheduledReply,
  scheduledReplyId,
} from '../../sync-server/protocol/scheduled-replies.ts';
import { applyMutations } from '../../sync-server/storage/apply-mutations.ts';
import { aMutation, anEntryId } from './builders.ts';
import { type MailOffice, MINUTE_MS, openMailOffice } from './mail-office.ts';

export const HOUR_MS = 60 * MINUTE_MS;

export interface ScheduledOffice extends MailOffice {
  /** Jonas schedules a reply on the golf, for an hour from now unless told otherwise, having seen all there is. */
  schedule(
    more?: Partial<MutationArgs<'schedule_reply'>>,
  ): Promise<{ readonly entryId: EntryId; readonly outcome: PushOutcome }>;
  change(
    entryId: EntryId,
    more?: Partial<MutationArgs<'change_scheduled_reply'>>,
  ): Promise<PushOutcome>;
  end(
    entryId: EntryId,
    how: MutationArgs<'end_scheduled_reply'>['how'],
    more?: Partial<MutationArgs<'end_scheduled_reply'>>,
  ): Promise<PushOutcome>;
  /** The same as Mara, an admin. */
  asMara<N extends 'change_scheduled_reply' | 'end_scheduled_reply' | 'post_entry'>(
    name: N,
    args: MutationArgs<N>,
  ): Promise<PushOutcome>;
  /** What the server's timer does at this moment. */
  release(): Promise<void>;
  scheduled(entryId: EntryId): Promise<ScheduledReply>;
  entry(entryId: EntryId): Promise<Entry | undefined>;
  head(): Promise<number>;
  /** Anna writes in the portal. */
  annaWrites(text: string): Promise<void>;
}

export async function openScheduledOffice(): Promise<ScheduledOffice> {
  const office = await openMailOffice();
  const { workspace, mara, anna, jobs } = office.records;
  const head = async () => (await office.storage.headVersion(workspace.id)) ?? 0;
  const inAnHour = () => new Date(Date.parse(office.now()) + HOUR_MS).toISOString();
  const replyOf = async (entryId: EntryId) => {
    const found = await office.storage.recordById(
      workspace.id,
      'scheduled_reply',
      scheduledReplyId(entryId),
    );
    if (found === undefined) throw new Error('There is no such scheduled reply.');
    return found.record;
  };
  return {
    ...office,
    head,
    scheduled: replyOf,
    schedule: async (more = {}) => {
      const args = {
        jobId: jobs.golf.id,
        entryId: anEntryId(),
        text: 'Good morning Anna, it is ready.',
        attachments: [],
        seenVersion: await head(),
        sendAt: inAnHour(),
        unlessCustomerWrites: true,
        ...more,
      };
      return { entryId: args.entryId, outcome: await office.staff('schedule_reply', args) };
    },
    change: async (entryId, more = {}) => {
      const { jobId, text, sendAt, unlessCustomerWrites, revision } = await replyOf(entryId);
      const seenVersion = await head();
      const args = { jobId, entryId, text, sendAt, unlessCustomerWrites, revision, seenVersion };
      return office.staff('change_scheduled_reply', { ...args, ...more });
    },
    end: async (entryId, how, more = {}) => {
      const { jobId, revision } = await replyOf(entryId);
      const args = { jobId, entryId, how, revision, seenVersion: await head(), ...more };
      return office.staff('end_scheduled_reply', args);
    },
    asMara: async (name, args) => {
      const mutation = aMutation(name, args);
      const { answers } = await applyMutations(office.storage, {
        workspaceId: workspace.id,
        actor: { kind: 'member', memberId: mara.id, role: 'admin' },
        arrivedAt: office.now(),
        mutations: [mutation],
      });
      const outcome = answers.get(mutation.id);
      if (outcome === undefined) throw new Error('The mutation was not answered.');
      return outcome;
    },
    release: async () => {
      const { storage, failures } = office;
      const now = () => Date.parse(office.now());
      await releaseDue({ storage, now, onFailure: (error) => failures.push(error) });
    },
    entry: async (entryId) =>
      (await office.storage.recordById(workspace.id, 'entry', entryId))?.record,
    annaWrites: async (text) => {
      const mutation = {
        ...aMutation('mark_read', { jobId: jobs.golf.id, throughVersion: 0 }),
        name: 'customer_reply',
        args: { jobId: jobs.golf.id, entryId: anEntryId(), text },
      };
      const { answers } = await applyMutations(office.storage, {
        workspaceId: workspace.id,
        actor: { kind: 'customer', customerId: anna.id },
        arrivedAt: office.now(),
        mutations: [mutation],
      });
      if (answers.get(mutation.id)?.kind !== 'applied') throw new Error('Anna could not write.');
    },
  };
}
