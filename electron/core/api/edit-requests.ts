// Putting another text in place of one's own. (C10)

import { basisOf } from '../../../sync-server/protocol/edits.ts';
import type { WrittenEntry } from '../../../sync-server/protocol/entries.ts';
import type { EntryId, MutationId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import { AppError } from '../errors.ts';
import { findRecord } from '../mirror/records.ts';
import { deleteMutation, mutationsOfJob, reviveMutation } from '../outbox/outbox.ts';
import { changeOutbox } from './change-outbox.ts';
import type { EditEntry, EditRequests } from './edits-contract.ts';
import type { Office } from './office.ts';
import { refuseMentions } from './refuse-mentions.ts';

type PerformEditRequests = {
  readonly [N in keyof EditRequests]: (
    office: Office,
    args: EditRequests[N]['args'],
  ) => EditRequests[N]['answer'];
};

export const editRequests: PerformEditRequests = {
  'entries.edit': (office, edit) => {
    const { entryId, basedOn } = edit;
    const entry = writtenEntry(office, entryId);
    const text = edit.text.trim() === '' ? '' : edit.text;
    if (text === entry.text) return {};
    if (entry.audience === 'visible') refuseMentions(office, text);
    refuseUnsent(office, entry);
    if (text === '' && entry.attachmentIds.length === 0)
      throw new AppError('not-understood', {
        sentence: 'Nothing would be left of this. Withdraw it instead.',
      });
    if (basisOf(entry.text) !== basedOn)
      throw new AppError('not-understood', {
        sentence: 'This changed a moment ago. Look again, then decide.',
      });
    if (!takeUp(office, entry, { ...edit, text }))
      office.act('edit_entry', { jobId: entry.jobId, entryId, text, basedOn });
    return {};
  },
};

function writtenEntry({ mirror }: Office, entryId: EntryId): WrittenEntry {
  const entry = findRecord(mirror, 'entry', entryId);
  if (entry?.kind !== 'reply')
    throw new AppError('not-there', {
      sentence: 'This entry is no longer there, so it was not edited.',
    });
  return entry;
}

/** What nobody has yet is taken back and goes on being a draft: there is nothing to be honest about. (C4) */
function refuseUnsent({ mirror }: Office, { id, jobId }: WrittenEntry): void {
  const post = mutationsOfJob(mirror, jobId).find(
    ({ name, args, state }) =>
      name === 'post_entry' &&
      state !== 'accepted' &&
      (args as MutationArgs<'post_entry'>).entryId === id,
  );
  if (post !== undefined)
    throw new AppError('not-there', {
      sentence: 'This has not reached the office yet. Take it back to go on writing it.',
    });
}

/**
 * Nobody has seen the text of an edit that surely is on this device alone: it is none to be kept. [P1] One that no longer shows is
 * left for the server to decide about: another device put another text there meanwhile, and the person builds on that. [R2] (H5)
 */
function takeUp(office: Office, entry: WrittenEntry, { text }: EditEntry): boolean {
  const { id, jobId } = entry;
  const edits = mutationsOfJob(office.mirror, jobId).filter(
    ({ name, args, state }) =>
      name === 'edit_entry' &&
      state !== 'parked' &&
      (args as MutationArgs<'edit_entry'>).entryId === id,
  );
  const last = edits.at(-1);
  if (last === undefined || last.state !== 'pending' || last.mayHaveArrived) return false;
  const args = last.args as MutationArgs<'edit_entry'>;
  if (args.text !== entry.text) return false;
  changeOutbox(office, (mirror) => {
    if (basisOf(text) === args.basedOn) deleteMutation(mirror, last.id);
    else
      reviveMutation(mirror, last.id, {
        id: office.newId() as MutationId,
        args: { ...args, text },
      });
  });
  return true;
}
