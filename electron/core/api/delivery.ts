// How far each thing for the customer has come: on this device, on the server, in the portal, mailed, seen. (C10, F2)

import { editedAt, isTextSeen } from '../../../sync-server/protocol/edits.ts';
import type { Attachment, Entry } from '../../../sync-server/protocol/entries.ts';
import {
  type Customer,
  type Mail,
  type PortalVisit,
  portalVisitId,
} from '../../../sync-server/protocol/records.ts';
import { isStageVisible } from '../../../sync-server/protocol/visibility.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { mailsByEntry } from '../mirror/mails.ts';
import { findRecord } from '../mirror/records.ts';
import type { Delivery, DeliveryMail, MailRefusal } from './delivery-contract.ts';

/** What all deliveries of a job hang on, looked up once for its feed. */
export interface DeliveryGround {
  readonly isStageShown: boolean;
  readonly customer: Customer | undefined;
  readonly visit: PortalVisit | undefined;
  readonly mails: ReadonlyMap<string, Mail>;
}

export function deliveryGround(mirror: ReadableMirror, jobId: string): DeliveryGround {
  const job = findRecord(mirror, 'job', jobId);
  const pipeline = job && findRecord(mirror, 'pipeline', job.pipelineId);
  const customer = job && findRecord(mirror, 'customer', job.customerId);
  return {
    isStageShown:
      job !== undefined && pipeline !== undefined && isStageVisible(pipeline, job.stageId),
    customer,
    visit: job && findRecord(mirror, 'portal_visit', portalVisitId(job.customerId, jobId)),
    mails: mailsByEntry(mirror, jobId),
  };
}

/** Null for what no customer gets: internal things, and what customers did themselves. */
export function deliveryOf(
  { isStageShown, customer, visit, mails }: DeliveryGround,
  {
    entry,
    position,
    files,
  }: {
    readonly entry: Entry;
    /** Its place in the feed. [O2] */
    readonly position: number;
    readonly files: readonly Attachment[];
  },
): Delivery | null {
  if (entry.author.kind !== 'member' || !isForCustomer(entry, files)) return null;
  const isUndone = entry.withdrawn !== undefined || entry.redacted !== undefined;
  const hasSeen =
    entry.arrivedAt !== null &&
    visit !== undefined &&
    visit.seenVersion >= position &&
    // That an earlier text was seen says nothing of the one that stands. (C10)
    (editedAt(entry) === undefined || isTextSeen(entry, visit));
  return {
    onServerAt: entry.arrivedAt,
    portal: isUndone ? 'undone' : isStageShown ? 'shown' : 'stage',
    mail: mailOf(mails.get(entry.id), customer),
    seenBy: hasSeen ? visit.seenAt : null,
  };
}

function isForCustomer(entry: Entry, files: readonly Attachment[]): boolean {
  const { kind, audience } = entry;
  if (kind === 'file_change') return audience === 'visible';
  if (kind !== 'reply' && kind !== 'file') return false;
  return audience === 'visible' || files.some((file) => file.audience === 'visible');
}

/** Who refused it, and in which words; where one address is all there was, the record's reason is its. */
export function refusalsOf({ to, reason, refused = [] }: Mail): readonly MailRefusal[] {
  return refused.length > 0 ? refused : to.map((each) => ({ to: each, reason }));
}

function mailOf(mail: Mail | undefined, customer: Customer | undefined): DeliveryMail {
  if (mail === undefined) return { kind: 'none', why: whyNone(customer) };
  const { state, at, to, reason, refused = [] } = mail;
  switch (state) {
    case 'waiting':
      return { kind: 'waiting', to, trouble: reason };
    case 'sent':
      return { kind: 'sent', at, to: to.filter((each) => !isAmong(refused, each)), refused };
    case 'refused':
      return { kind: 'refused', at, refused: refusalsOf(mail) };
    case 'dropped':
      return { kind: 'dropped', at, reason };
  }
}

function isAmong(refused: readonly { readonly to: string }[], address: string): boolean {
  return refused.some(({ to }) => to === address);
}

/** As things stand now; how they stood when it was posted is not kept. */
function whyNone(customer: Customer | undefined): 'off' | 'no-address' | 'unknown' {
  if (customer?.notifyOnReplies === false) return 'off';
  return customer?.emails.length === 0 ? 'no-address' : 'unknown';
}
