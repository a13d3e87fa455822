// A job as its customer would see it now, from the mirror: the portal's own functions over the rows on this device. (E8)

import type { CustomerFile, Placed, Thing } from '../../../sync-server/protocol/customer-job.ts';
import { customerJob } from '../../../sync-server/protocol/customer-job.ts';
import {
  answerInWords,
  fileInWords,
  whoWords,
} from '../../../sync-server/protocol/customer-words.ts';
import type { MemberId } from '../../../sync-server/protocol/ids.ts';
import type { Attachment, Entry } from '../../../sync-server/protocol/entries.ts';
import { type Member, portalVisitId } from '../../../sync-server/protocol/records.ts';
import { shownFileName } from '../../../sync-server/protocol/shown-name.ts';
import { stageOf } from '../../../sync-server/protocol/visibility.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { membersEver, theWorkspace } from '../mirror/people.ts';
import { findRecord, PENDING_POSITION } from '../mirror/records.ts';
import type { CustomerView, ViewFile, ViewThing } from './care-contract.ts';
import type { Office } from './office.ts';

/** Null where this device has no such job. */
export function customerView({ mirror, account }: Office, jobId: string): CustomerView | null {
  const job = findRecord(mirror, 'job', jobId);
  const pipeline = job && findRecord(mirror, 'pipeline', job.pipelineId);
  const customer = job && findRecord(mirror, 'customer', job.customerId);
  if (job === undefined || pipeline === undefined || customer === undefined) return null;
  const visit = findRecord(mirror, 'portal_visit', portalVisitId(customer.id, job.id));
  const seen = customerJob(customer.id, {
    job,
    pipeline,
    entries: placed<Entry>(mirror, 'entry', jobId),
    attachments: placed<Attachment>(mirror, 'attachment', jobId),
    members: new Map<MemberId, Member>(membersEver(mirror).map((member) => [member.id, member])),
    seenVersion: visit?.seenVersion ?? 0,
    seenEditVersion: visit?.seenEditVersion,
  });
  const officeName = (theWorkspace(mirror) ?? account.workspace).name;
  return {
    officeName,
    customerName: customer.name,
    seenAt: visit?.seenAt ?? null,
    stageName: stageOf(pipeline, job.stageId)?.name ?? 'a removed stage',
    page:
      seen === undefined
        ? null
        : {
            title: seen.title,
            reference: seen.reference,
            stage: seen.stage,
            things: seen.things.map((thing, index) => viewOf(thing, index, officeName)),
            canReply: seen.canReply,
            canUpload: seen.canUpload,
            fields: seen.fields.map(({ label, value }) => ({
              label,
              value: value === null ? '' : answerInWords(value),
            })),
          },
  };
}

function viewOf(thing: Thing, index: number, officeName: string): ViewThing {
  return {
    key: `${thing.version} ${index}`,
    who: whoWords(thing.who, officeName),
    isOwn: thing.who.kind === 'you',
    at: thing.at,
    isNews: thing.isNews,
    isWaiting: thing.version >= PENDING_POSITION,
    what: whatOf(thing.what),
  };
}

function whatOf(what: Thing['what']): ViewThing['what'] {
  switch (what.kind) {
    case 'message':
      return { ...what, files: what.files.map(viewFile) };
    case 'files':
      return { kind: 'files', files: what.files.map(viewFile) };
    case 'stage':
      return {
        kind: 'stage',
        words: `${what.isFirst ? 'Job opened' : 'Now'}: ${what.name}`,
        hue: what.hue,
      };
    case 'answers':
      return {
        kind: 'answers',
        answers: what.answers.map(({ label, value }) => ({ label, value: answerInWords(value) })),
      };
  }
}

function viewFile(file: CustomerFile): ViewFile {
  const { attachmentId, name } = file;
  return { attachmentId, name: shownFileName(name), about: fileInWords(file) };
}

/** Oldest first; what waits stands at the end. What is internal is not even read. */
function placed<R extends Entry | Attachment>(
  mirror: ReadableMirror,
  kind: 'entry' | 'attachment',
  jobId: string,
): Placed<R>[] {
  return mirror
    .all<{ data: string; position: number }>(
      `SELECT data, position FROM ${kind}
       WHERE job_id = @jobId AND data ->> '$.audience' = 'visible' ORDER BY position, id`,
      { jobId },
    )
    .map(({ data, position }) => ({ record: JSON.parse(data) as R, createdVersion: position }));
}
