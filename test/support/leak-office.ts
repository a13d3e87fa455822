// The portal's office with everything else an office keeps and no customer may meet, and another office beside it.

import { hashToken, newToken } from '../../sync-server/auth/tokens.ts';
import { mutationId, portalLinkId, type WorkspaceId } from '../../sync-server/protocol/ids.ts';
import { appliedWithDoor } from '../../sync-server/protocol/outcome.ts';
import { type Customer, followId, type KindedRecord } from '../../sync-server/protocol/records.ts';
import * as build from './builders.ts';
import { copiedLink } from './enter-portal.ts';
import type { PortalBrowser } from './portal-browser.ts';
import {
  NOW,
  openPortalOffice,
  type OfficeRecords,
  type PortalOffice,
  SECRET,
  SECRET_TIME,
  YUSUFS,
} from './portal-office.ts';

/** In whatever only the customer of the other office may meet. */
const OTTOS = `Drüben${SECRET}`;

/** A customer with what they alone may meet. */
export interface LeakVisitor {
  readonly name: string;
  /** In the words only they may meet; null where their words carry no secret. */
  readonly own: string | null;
  readonly browser: PortalBrowser;
  readonly mailToken: string;
  /** The path of a sign-in link of theirs. */
  readonly link: string;
  readonly openJobs: readonly string[];
  readonly openFiles: readonly string[];
}

export interface LeakOffice {
  readonly office: PortalOffice;
  readonly visitors: readonly LeakVisitor[];
  /** Of everything there is, in both offices. */
  readonly ids: readonly string[];
  /** A visible photo no desktop has prepared. */
  readonly unprepared: string;
}

export async function openLeakOffice(): Promise<LeakOffice> {
  const office = await openPortalOffice();
  const { records, storage } = office;
  const { workspace, anna, yusuf, jobs, files } = records;
  const hidden = hiddenThings(records);
  const { unprepared } = hidden;
  await storage.transact(workspace.id, async (transaction) => {
    const identity = { id: mutationId.parse(build.nextId()), actorKey: 'server' };
    transaction.settle(identity, appliedWithDoor(hidden.puts, []));
    await Promise.resolve();
  });
  const other = otherOffice();
  await storage.createWorkspace({
    workspaceId: other.workspaceId,
    records: other.puts,
    signIns: [],
    blobs: [],
    references: { prefix: 'S-', next: 1 },
  });
  const visitors: readonly LeakVisitor[] = [
    {
      ...(await comeIn(office, workspace.id, anna)),
      name: 'Anna',
      own: null,
      openJobs: [jobs.golf.id, jobs.van.id, jobs.bare.id],
      openFiles: [files.alone.id, files.photo.id, files.estimate.id, unprepared],
    },
    {
      ...(await comeIn(office, workspace.id, yusuf)),
      name: 'Yusuf',
      own: YUSUFS,
      openJobs: [jobs.yusufs.id],
      openFiles: [files.yusufs.id],
    },
    {
      ...(await comeIn(office, other.workspaceId, other.otto)),
      name: 'Otto of another office',
      own: OTTOS,
      openJobs: [other.jobId],
      openFiles: [],
    },
  ];
  const all: readonly { readonly id: string }[] = [
    ...Object.values(jobs),
    ...Object.values(files),
    ...records.entries,
    records.pipeline,
    records.jonas,
    workspace,
    ...[...hidden.puts, ...other.puts].map(({ record }) => record),
  ];
  return { office, visitors, ids: [...new Set(all.map(({ id }) => id))], unprepared };
}

/** Signed in on two devices, with a sign-in link that is still unused and a mail that came. */
async function comeIn(office: PortalOffice, workspaceId: WorkspaceId, customer: Customer) {
  const { storage } = office;
  const customerId = customer.id;
  await office.signedInElsewhere(workspaceId, customerId);
  const mailToken = newToken();
  const mail = { id: build.nextId(), workspaceId, customerId, jobId: null } as const;
  const sent = { memberId: null, openedAt: NOW, dueAt: null, attempts: 1, isOpen: false } as const;
  await storage.mails.queueSignInMail({ ...mail, ...sent, kind: 'sign_in', deliveries: [] }, NOW);
  const mailLink = {
    workspaceId,
    customerId,
    address: customer.emails[0] ?? '',
    tokenHash: hashToken(mailToken),
    jobId: null,
    createdAt: NOW,
    expiresAt: '2027-11-12T11:00:00.000Z',
  };
  await storage.mails.addMailLink(mailLink, mail.id);
  const now = () => Date.parse(NOW);
  const link = await copiedLink({ storage, now }, { workspaceId, customerId });
  return { browser: await office.signedInElsewhere(workspaceId, customerId), mailToken, link };
}

/** One of each kind of thing that is the team's alone, most of it marked visible, as by a mistake or before it was hidden. */
function hiddenThings({ jobs, files, jonas, mara, anna, workspace, stages }: OfficeRecords) {
  const on = {
    jobId: jobs.golf.id,
    author: { kind: 'member' as const, memberId: jonas.id },
    audience: 'visible' as const,
    writtenAt: SECRET_TIME,
    arrivedAt: SECRET_TIME,
  };
  const undone = { memberId: jonas.id, at: SECRET_TIME };
  const wish = {
    kind: 'stage',
    wantedStageId: stages.insurer.id,
    wantedName: `Wanted ${SECRET}`,
    standsName: `Stands ${SECRET}`,
  } as const;
  const ofEstimate = { ...on, kind: 'file_change', attachmentId: files.estimate.id } as const;
  const withdrawn = build.anEntry({ ...on, text: `Withdrawn ${SECRET}`, withdrawn: undone });
  // Edited before the customer had looked: for them there never was another text, nor an edit. (C10, E7)
  const edited = build.anEntry({
    ...on,
    text: 'Monday at nine, then.',
    writtenAt: NOW,
    arrivedAt: NOW,
    earlier: [{ text: `Earlier ${SECRET}`, until: SECRET_TIME, untilVersion: null }],
  });
  const entries: Extract<KindedRecord, { kind: 'entry' }>['record'][] = [
    withdrawn,
    edited,
    build.anEntry({ ...on, text: `Redacted ${SECRET}`, redacted: undone }),
    { ...on, id: build.anEntryId(), kind: 'unapplied', audience: 'internal', wish },
    { ...on, id: build.anEntryId(), kind: 'unapplied', wish },
    {
      ...ofEstimate,
      id: build.anEntryId(),
      change: 'renamed',
      name: `old-${SECRET}.png`,
      newName: 'estimate-2291.png',
    },
    ...(['made_internal', 'withdrawn', 'redacted'] as const).map((change) => {
      return { ...ofEstimate, id: build.anEntryId(), change, name: `${change}-${SECRET}.png` };
    }),
  ];
  const file = (name: string, more: Parameters<typeof build.anAttachment>[0]) =>
    build.anAttachment({
      ...files.estimate,
      id: build.anAttachmentId(),
      name,
      ...more,
    });
  const unprepared = file('IMG_4472.jpg', { mediaType: 'image/jpeg' });
  const attachments = [
    file(`withdrawn-${SECRET}.png`, { withdrawn: undone }),
    file(`redacted-${SECRET}.png`, { redacted: undone }),
    file(`with-a-withdrawn-${SECRET}.png`, { entryId: withdrawn.id, audience: 'internal' }),
    unprepared,
  ];
  const links = [null, jonas.id].map((memberId) => {
    return {
      id: portalLinkId.parse(build.nextId()),
      customerId: anna.id,
      memberId,
      mailedTo: `anna@${SECRET}.example`,
      createdAt: SECRET_TIME,
      expiresAt: SECRET_TIME,
      ended: { how: 'revoked' as const, at: SECRET_TIME },
    };
  });
  // As it was written, as it is held, and as it would be with files: to be sent later, so nobody has it. (C8)
  const scheduled = [{}, { held: { why: 'not-visible', at: SECRET_TIME } } as const].map((more) =>
    build.aScheduledReply({
      jobId: jobs.golf.id,
      customerId: anna.id,
      authorId: jonas.id,
      text: `Later ${SECRET}`,
      files: [
        {
          id: build.anAttachmentId(),
          blobId: files.costs.blobId,
          name: `later-${SECRET}.png`,
          mediaType: 'image/png',
          sizeBytes: 70,
          audience: 'visible',
        },
      ],
      writtenAt: SECRET_TIME,
      arrivedAt: SECRET_TIME,
      sendAt: SECRET_TIME,
      ...more,
    }),
  );
  const puts: readonly KindedRecord[] = [
    ...scheduled.map((record): KindedRecord => ({ kind: 'scheduled_reply', record })),
    { kind: 'workspace', record: { ...workspace, hue: 'teal', logoBlobId: files.alone.blobId } },
    ...entries.map((record): KindedRecord => ({ kind: 'entry', record })),
    ...attachments.map((record): KindedRecord => ({ kind: 'attachment', record })),
    ...links.map((record): KindedRecord => ({ kind: 'portal_link', record })),
    {
      kind: 'mail',
      record: {
        id: build.nextId(),
        jobId: jobs.golf.id,
        customerId: anna.id,
        entryIds: [withdrawn.id],
        to: [`anna@${SECRET}.example`],
        state: 'refused',
        at: SECRET_TIME,
        reason: `Refused ${SECRET}`,
        refused: [{ to: `anna@${SECRET}.example`, reason: SECRET }],
      },
    },
    {
      kind: 'follow',
      record: {
        id: followId(mara.id, jobs.golf.id),
        memberId: mara.id,
        jobId: jobs.golf.id,
        state: 'following',
      },
    },
    { kind: 'read_mark', record: build.aReadMark({ memberId: mara.id, jobId: jobs.golf.id }) },
    {
      kind: 'member_settings',
      record: { id: mara.id, memberId: mara.id, bellScope: 'followed' },
    },
    ...[null, mara.id].map((ownerId): KindedRecord => {
      const files = [
        {
          blobId: build.blobIdOf(SECRET),
          name: `${SECRET}.pdf`,
          mediaType: 'application/pdf',
          sizeBytes: 10,
        },
      ];
      const words = { title: `Canned ${SECRET}`, text: SECRET, files };
      const record = build.aCannedReply({ ownerId, ...words, changedAt: SECRET_TIME });
      return { kind: 'canned_reply', record };
    }),
  ];
  return { puts, unprepared: unprepared.id };
}

function otherOffice() {
  const workspace = build.aWorkspace({ name: `Südufer ${OTTOS}` });
  const member = build.aMember({ name: `Ida ${SECRET}`, email: `ida@${SECRET}.example` });
  const otto = build.aCustomer({
    name: `Otto ${OTTOS}`,
    emails: [`otto@${SECRET}.example`],
    notes: SECRET,
  });
  const stage = build.aStage({ name: `Booked ${OTTOS}` });
  const pipeline = build.aPipeline({ name: SECRET, stages: [stage], fields: [] });
  const job = build.aJob({
    title: `Kombi ${OTTOS}`,
    customerId: otto.id,
    pipelineId: pipeline.id,
    stageId: stage.id,
    assigneeId: member.id,
    form: {},
    createdAt: SECRET_TIME,
    lastActivityAt: SECRET_TIME,
  });
  const at = '2026-11-10T08:00:00.000Z';
  const by = { kind: 'member' as const, memberId: member.id };
  const said = { jobId: job.id, author: by, writtenAt: at, arrivedAt: at };
  const puts: readonly KindedRecord[] = [
    { kind: 'workspace', record: workspace },
    { kind: 'member', record: member },
    { kind: 'pipeline', record: pipeline },
    { kind: 'customer', record: otto },
    { kind: 'job', record: job },
    { kind: 'entry', record: build.anEntry({ ...said, audience: 'visible', text: OTTOS }) },
    {
      kind: 'entry',
      record: build.anEntry({
        ...said,
        writtenAt: SECRET_TIME,
        arrivedAt: SECRET_TIME,
        text: SECRET,
      }),
    },
  ];
  return { workspaceId: workspace.id, otto, jobId: job.id, puts };
}
