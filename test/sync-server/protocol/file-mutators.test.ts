// What can be done to what was posted: who may, what is kept of it, what the customer loses. (C10, D3)

import { beforeEach, describe, expect, it } from 'vitest';
import { REDACTED_BLOB_ID } from '../../../sync-server/protocol/blobs.ts';
import {
  type Actor,
  type Ask,
  isNewsTo,
  type MutationContext,
  runSync,
} from '../../../sync-server/protocol/mutator.ts';
import { startMutation } from '../../../sync-server/protocol/mutators.ts';
import type { Outcome } from '../../../sync-server/protocol/outcome.ts';
import type { Attachment, Entry } from '../../../sync-server/protocol/entries.ts';
import {
  type AnyRecord,
  type KindedRecord,
  recordSchemas,
} from '../../../sync-server/protocol/records.ts';
import { isVisibleTo } from '../../../sync-server/protocol/visibility.ts';
import {
  aCustomer,
  aFormSave,
  aJob,
  aMember,
  aMutationId,
  anAttachment,
  anAttachmentId,
  anEntry,
  anEntryId,
  aPipeline,
  aPortalVisit,
  blobIdOf,
} from '../../support/builders.ts';

const WRITTEN_AT = '2026-11-02T10:00:00.000Z';
const ARRIVED_AT = '2026-11-02T18:00:00.000Z';
const POSTED_AT = '2026-11-02T09:30:00.000Z';

const mara = aMember({ role: 'admin' });
const jonas = aMember({ name: 'Jonas Ostrowski' });
const anna = aCustomer();
const pipeline = aPipeline();
const job = aJob({
  customerId: anna.id,
  pipelineId: pipeline.id,
  stageId: pipeline.stages[0]!.id,
});
const entryId = anEntryId();
const attachmentId = anAttachmentId();
const byJonas = { kind: 'member', memberId: jonas.id } as const;

const asMara: Actor = { kind: 'member', memberId: mara.id, role: 'admin' };
const asJonas: Actor = { kind: 'member', memberId: jonas.id, role: 'member' };
const asOther: Actor = { kind: 'member', memberId: aMember().id, role: 'member' };
const onServer = {
  mutationId: aMutationId(),
  writtenAt: WRITTEN_AT,
  arrivedAt: ARRIVED_AT,
  nextReference: null,
};

let records: Map<string, AnyRecord>;
let news: Entry[];
const have = (...puts: readonly KindedRecord[]) => {
  for (const { kind, record } of puts) records.set(`${kind}/${record.id}`, record);
};
const reply = (overrides: Partial<Extract<Entry, { kind: 'reply' }>> = {}) =>
  anEntry({
    id: entryId,
    jobId: job.id,
    author: byJonas,
    text: 'The parts are here.',
    attachmentIds: [attachmentId],
    arrivedAt: POSTED_AT,
    ...overrides,
  });
const photo = (overrides: Partial<Attachment> = {}) =>
  anAttachment({
    id: attachmentId,
    jobId: job.id,
    entryId,
    author: byJonas,
    name: 'wing.jpg',
    ...overrides,
  });

beforeEach(() => {
  records = new Map();
  news = [];
  have(
    { kind: 'customer', record: anna },
    { kind: 'pipeline', record: pipeline },
    { kind: 'job', record: job },
    { kind: 'entry', record: reply() },
    { kind: 'attachment', record: photo() },
  );
});

function answer(ask: Ask): AnyRecord | undefined {
  if ('id' in ask) return records.get(`${ask.kind}/${ask.id}`);
  if (ask.kind !== 'news') return undefined;
  return news.find((entry) => isNewsTo(ask.exceptMemberId, entry));
}

/** Runs a mutation and puts what it changed; every record it makes must be one. */
function run(name: string, args: object, actor: Actor, context: Partial<MutationContext> = {}) {
  const outcome = runSync(
    startMutation({ name, args }, { actor, ...onServer, ...context }),
    answer,
  );
  if (outcome.kind !== 'applied') return outcome;
  for (const { kind, record } of outcome.puts) recordSchemas[kind].parse(record);
  have(...outcome.puts);
  return outcome;
}
const act = (more: object = {}) => ({
  jobId: job.id,
  entryId: anEntryId(),
  attachmentId,
  ...more,
});
const makeVisible = (more: object = {}) =>
  act({ audience: 'visible', fromName: 'wing.jpg', seenVersion: 7, ...more });
const fileNow = () => records.get(`attachment/${attachmentId}`) as Attachment;
const entryNow = () => records.get(`entry/${entryId}`) as Extract<Entry, { kind: 'reply' }>;
const logged = (outcome: Outcome) =>
  outcome.kind === 'applied'
    ? outcome.puts.flatMap(({ kind, record }) => (kind === 'entry' ? [record] : []))
    : [];
const refusedWith = (code: string) => ({ kind: 'refused', refusal: { code } });
const at = { job, pipeline };
const annaSees = (attachment: Attachment) =>
  isVisibleTo({ kind: 'customer', customerId: anna.id }, { kind: 'attachment', attachment, at });

describe('[T1] change_file_audience', () => {
  it('(D3) makes a file visible, says since when, and logs it where the customer reads it', () => {
    const outcome = run('change_file_audience', makeVisible(), asJonas);
    expect(fileNow()).toMatchObject({ audience: 'visible', madeVisibleAt: ARRIVED_AT });
    expect(logged(outcome)).toMatchObject([
      { kind: 'file_change', change: 'made_visible', audience: 'visible', name: 'wing.jpg' },
    ]);
    expect(annaSees(fileNow())).toBe(true);
  });

  it('(D3) makes it internal again with a line for the team alone', () => {
    have({ kind: 'attachment', record: photo({ audience: 'visible', keepsLocation: true }) });
    const args = act({ audience: 'internal', fromName: 'wing.jpg', seenVersion: 0 });
    expect(logged(run('change_file_audience', args, asJonas))).toMatchObject([
      { kind: 'file_change', change: 'made_internal', audience: 'internal' },
    ]);
    expect(annaSees(fileNow())).toBe(false);
    expect(fileNow().keepsLocation).toBeUndefined();
  });

  it('(D6) gives a photo away with its place only where that was said in this very act', () => {
    run('change_file_audience', makeVisible(), asJonas);
    expect(fileNow().keepsLocation).toBeUndefined();
    have({ kind: 'attachment', record: photo() });
    run('change_file_audience', makeVisible({ keepsLocation: true }), asJonas);
    expect(fileNow().keepsLocation).toBe(true);
  });

  it('[P6] holds the widening where others wrote since its author looked, and never the narrowing', () => {
    news = [reply({ author: { kind: 'customer', customerId: anna.id } })];
    expect(run('change_file_audience', makeVisible(), asJonas)).toEqual({ kind: 'held' });
    expect(fileNow().audience).toBe('internal');
    have({ kind: 'attachment', record: photo({ audience: 'visible' }) });
    const narrow = act({ audience: 'internal', fromName: 'wing.jpg', seenVersion: 0 });
    expect(run('change_file_audience', narrow, asJonas).kind).toBe('applied');
  });

  it('(C2) conflicts where the file is called otherwise than what was confirmed', () => {
    have({ kind: 'attachment', record: photo({ name: 'Anna, private.jpg' }) });
    expect(run('change_file_audience', makeVisible(), asJonas)).toEqual({
      kind: 'conflicted',
      conflict: { kind: 'file', standsName: 'Anna, private.jpg' },
      puts: [],
    });
  });

  it('(D3) is a no-op where it stands already, and refused for a withdrawn file and for the customer’s own', () => {
    have({ kind: 'attachment', record: photo({ audience: 'visible' }) });
    expect(run('change_file_audience', makeVisible(), asJonas)).toEqual({
      kind: 'applied',
      puts: [],
    });
    const withdrawn = { memberId: jonas.id, at: ARRIVED_AT };
    have({ kind: 'attachment', record: photo({ withdrawn }) });
    expect(run('change_file_audience', makeVisible(), asJonas)).toMatchObject(
      refusedWith('file-missing'),
    );
    const author = { kind: 'customer', customerId: anna.id } as const;
    have({ kind: 'attachment', record: photo({ author, audience: 'visible' }) });
    const narrow = act({ audience: 'internal', fromName: 'wing.jpg', seenVersion: 0 });
    expect(run('change_file_audience', narrow, asJonas)).toMatchObject(refusedWith('not-allowed'));
  });

  it('[P5] is refused for a file of another job', () => {
    have({ kind: 'attachment', record: photo({ jobId: aJob().id }) });
    expect(run('change_file_audience', makeVisible(), asJonas)).toMatchObject(
      refusedWith('file-missing'),
    );
  });
});

describe('rename_file', () => {
  it('(D9) keeps both names in the feed; a name given meanwhile conflicts, the same one is fine', () => {
    const outcome = run(
      'rename_file',
      act({ fromName: 'wing.jpg', toName: 'Left wing.jpg' }),
      asOther,
    );
    expect(logged(outcome)).toMatchObject([
      { change: 'renamed', name: 'wing.jpg', newName: 'Left wing.jpg', audience: 'internal' },
    ]);
    expect(fileNow().name).toBe('Left wing.jpg');
    const again = act({ fromName: 'wing.jpg', toName: 'Left wing.jpg' });
    expect(run('rename_file', again, asOther)).toEqual({ kind: 'applied', puts: [] });
    const other = act({ fromName: 'wing.jpg', toName: 'Right wing.jpg' });
    expect(run('rename_file', other, asOther)).toMatchObject({
      kind: 'conflicted',
      conflict: { kind: 'file', standsName: 'Left wing.jpg' },
    });
  });
});

describe('[T2] withdraw_file', () => {
  it('[P5] is its author’s and an admin’s to do, nobody else’s', () => {
    expect(run('withdraw_file', act(), asOther)).toMatchObject(refusedWith('not-allowed'));
    expect(run('withdraw_file', act(), asJonas).kind).toBe('applied');
    have({ kind: 'attachment', record: photo() });
    expect(run('withdraw_file', act(), asMara).kind).toBe('applied');
  });

  it('(C10) takes it from the customer and keeps when they last looked while it was there', () => {
    const visit = { customerId: anna.id, jobId: job.id };
    const seenAt = '2026-11-02T09:40:00.000Z';
    have({ kind: 'attachment', record: photo({ audience: 'visible' }) });
    have({ kind: 'portal_visit', record: aPortalVisit({ ...visit, seenAt }) });
    run('withdraw_file', act(), asJonas);
    expect(fileNow().withdrawn).toEqual({
      memberId: jonas.id,
      at: ARRIVED_AT,
      customerSeenAt: seenAt,
    });
    expect(annaSees(fileNow())).toBe(false);
  });

  it('(C10) claims no look at what was internal, or became visible only after they looked', () => {
    const visit = { customerId: anna.id, jobId: job.id, seenAt: '2026-11-02T09:40:00.000Z' };
    have({ kind: 'portal_visit', record: aPortalVisit(visit) });
    run('withdraw_file', act(), asJonas);
    expect(fileNow().withdrawn).not.toHaveProperty('customerSeenAt');
    const madeVisibleAt = '2026-11-02T09:50:00.000Z';
    have({ kind: 'attachment', record: photo({ audience: 'visible', madeVisibleAt }) });
    run('withdraw_file', act(), asJonas);
    expect(fileNow().withdrawn).not.toHaveProperty('customerSeenAt');
  });
});

describe('[T3] redact_file', () => {
  it('[P5] is an admin’s to do, whoever posted it', () => {
    expect(run('redact_file', act(), asJonas)).toMatchObject(refusedWith('not-allowed'));
    expect(fileNow().blobId).toBe(photo().blobId);
  });

  it('(C10) leaves a record that names no bytes, and nothing can be done to it any more', () => {
    const renditions = {
      thumbnail: blobIdOf('thumbnail'),
      preview: null,
      jpeg: null,
      withoutLocation: null,
      problem: null,
    };
    have({ kind: 'attachment', record: photo({ renditions, audience: 'visible' }) });
    run('redact_file', act(), asMara);
    const file = fileNow();
    expect(file.blobId).toBe(REDACTED_BLOB_ID);
    expect(file.renditions).toBeUndefined();
    expect(file.redacted).toEqual({ memberId: mara.id, at: ARRIVED_AT });
    expect(annaSees(file)).toBe(false);
    const rename = act({ fromName: 'wing.jpg', toName: 'x.jpg' });
    for (const [name, args] of [
      ['rename_file', rename],
      ['withdraw_file', act()],
      ['redact_file', act()],
      ['change_file_audience', makeVisible()],
    ] as const)
      expect(run(name, args, asMara)).toMatchObject(refusedWith('file-missing'));
  });
});

describe('[T2] withdraw_entry', () => {
  it('(C10) takes an own reply and its files from the customer; the team keeps the text', () => {
    have({ kind: 'entry', record: reply({ audience: 'visible' }) });
    have({ kind: 'attachment', record: photo({ audience: 'visible' }) });
    run('withdraw_entry', { jobId: job.id, entryId }, asJonas);
    const entry = entryNow();
    expect(entry.withdrawn).toEqual({ memberId: jonas.id, at: ARRIVED_AT });
    expect(entry.text).toBe('The parts are here.');
    const viewer = { kind: 'customer', customerId: anna.id } as const;
    expect(isVisibleTo(viewer, { kind: 'entry', entry, at })).toBe(false);
    expect(annaSees(fileNow())).toBe(false);
  });

  it('[P5] is refused to everyone but its author, admins too, and for what nobody wrote', () => {
    const args = { jobId: job.id, entryId };
    expect(run('withdraw_entry', args, asMara)).toMatchObject(refusedWith('not-allowed'));
    const saved = aFormSave({ jobId: job.id, author: byJonas });
    have({ kind: 'entry', record: saved });
    const ofForm = { jobId: job.id, entryId: saved.id };
    expect(run('withdraw_entry', ofForm, asJonas)).toMatchObject(refusedWith('not-allowed'));
  });
});

describe('[T3] redact_entry', () => {
  it('(C10) removes the words of a reply and of a form save, and takes the files from the customer', () => {
    have({ kind: 'entry', record: reply({ audience: 'visible' }) });
    have({ kind: 'attachment', record: photo({ audience: 'visible' }) });
    run('redact_entry', { jobId: job.id, entryId }, asMara);
    expect(entryNow()).toMatchObject({ text: '', redacted: { memberId: mara.id } });
    expect(annaSees(fileNow())).toBe(false);
    const saved = aFormSave({ jobId: job.id });
    have({ kind: 'entry', record: saved });
    run('redact_entry', { jobId: job.id, entryId: saved.id }, asMara);
    const emptied = records.get(`entry/${saved.id}`) as typeof saved;
    expect(emptied.changes.every(({ from, to }) => from === null && to === null)).toBe(true);
  });

  it('[P5] is refused to members who are no admin', () => {
    const args = { jobId: job.id, entryId };
    expect(run('redact_entry', args, asJonas)).toMatchObject(refusedWith('not-allowed'));
  });
});

describe('post_entry with a newer version of a file', () => {
  const post = (replacesId: string) => ({
    jobId: job.id,
    entryId: anEntryId(),
    audience: 'internal',
    text: '',
    seenVersion: 0,
    attachments: [
      {
        attachmentId: anAttachmentId(),
        blobId: blobIdOf('newer'),
        name: 'wing.jpg',
        mediaType: 'image/jpeg',
        sizeBytes: 5,
        audience: 'internal',
        replacesId,
      },
    ],
  });

  it('(D9) links the two; what it replaces must be on this job', () => {
    const outcome = run('post_entry', post(attachmentId), asJonas);
    const file =
      outcome.kind === 'applied' ? outcome.puts.find(({ kind }) => kind === 'attachment') : null;
    expect(file?.record).toMatchObject({ replacesId: attachmentId });
    expect(run('post_entry', post(anAttachmentId()), asJonas)).toMatchObject(
      refusedWith('file-missing'),
    );
    have({ kind: 'attachment', record: photo({ jobId: aJob().id }) });
    expect(run('post_entry', post(attachmentId), asJonas)).toMatchObject(
      refusedWith('file-missing'),
    );
  });
});
