// What a person does to what was posted: audience, name, taking back, removing for good. (C10, D3)

import type { AttachmentId, EntryId } from '../../../sync-server/protocol/ids.ts';
import { typedName } from '../attachments/add-file.ts';
import { planZip, type ZipPlan } from '../attachments/zip-files.ts';
import { AppError } from '../errors.ts';
import { findRecord } from '../mirror/records.ts';
import { fileRows } from './file-list.ts';
import type { FileRequests, ZipOffer } from './files-contract.ts';
import { jobOf } from './job-requests.ts';
import type { Act, Office } from './office.ts';

type PerformFileRequests = {
  readonly [N in keyof FileRequests]: (
    office: Office,
    args: FileRequests[N]['args'],
  ) => FileRequests[N]['answer'] | Promise<FileRequests[N]['answer']>;
};

export const fileRequests: PerformFileRequests = {
  'entries.withdraw': (office, { entryId }) => {
    office.act('withdraw_entry', { jobId: entryOf(office, entryId).jobId, entryId });
    return {};
  },

  'entries.redact': (office, { entryId, withFiles }) => {
    const entry = entryOf(office, entryId);
    const acts: Act[] = [];
    if (entry.kind !== 'file')
      acts.push({ name: 'redact_entry', args: { jobId: entry.jobId, entryId } });
    for (const id of withFiles && 'attachmentIds' in entry ? entry.attachmentIds : []) {
      const file = findRecord(office.mirror, 'attachment', id);
      if (file !== undefined && file.redacted === undefined)
        acts.push({ name: 'redact_file', args: fileAct(office, id) });
    }
    office.actTogether(acts);
    return {};
  },

  'files.change-audience': (office, args) => {
    const { attachmentId, audience, fromName, keepsLocation, seenVersion } = args;
    const act = fileAct(office, attachmentId);
    office.act('change_file_audience', {
      ...act,
      audience,
      fromName,
      seenVersion,
      writtenFor: jobOf(office, act.jobId).customerId,
      ...(keepsLocation ? { keepsLocation: true } : {}),
    });
    return {};
  },

  'files.rename': (office, { attachmentId, fromName, toName }) => {
    const act = fileAct(office, attachmentId);
    office.act('rename_file', { ...act, fromName, toName: typedName(toName) });
    return {};
  },

  'files.withdraw': (office, { attachmentId }) => {
    office.act('withdraw_file', fileAct(office, attachmentId));
    return {};
  },

  'files.redact': (office, { attachmentId }) => {
    office.act('redact_file', fileAct(office, attachmentId));
    return {};
  },

  'files.rows': (office, { jobId, attachmentIds }) =>
    fileRows(office.mirror, office.reader(), jobId, attachmentIds),

  'files.start-drag': async (office, { attachmentIds }) => {
    await office.draggedFiles.start(attachmentIds);
    return {};
  },

  'files.zip': async (office, wish) => {
    const plan = await planZip(office, wish);
    return plan.files.length === 0
      ? { url: null, fileCount: 0, missing: plan.missing }
      : offerZip(office, plan);
  },
};

/** Lays a zip ready to be fetched. */
export function offerZip(office: Office, plan: ZipPlan): ZipOffer {
  const id = office.newId();
  office.zips.put(id, plan);
  return { url: `/zips/${id}`, fileCount: plan.files.length, missing: plan.missing };
}

function fileAct(office: Office, attachmentId: AttachmentId) {
  const file = findRecord(office.mirror, 'attachment', attachmentId);
  if (file === undefined)
    throw new AppError('not-there', { sentence: 'This file is no longer on the job.' });
  return { jobId: file.jobId, entryId: office.newId() as EntryId, attachmentId };
}

function entryOf(office: Office, entryId: EntryId) {
  const entry = findRecord(office.mirror, 'entry', entryId);
  if (entry === undefined)
    throw new AppError('not-there', { sentence: 'This entry is no longer there.' });
  return entry;
}
