// An author puts another text in place of an own one: who may, what is kept of what stood, who had read it. (C10)

import { beforeEach, describe, expect, it } from 'vitest';
import {
  basisOf,
  editedAtVersion,
  editedForCustomer,
} from '../../../sync-server/protocol/edits.ts';
import { MOST_EDITS, type WrittenEntry } from '../../../sync-server/protocol/entries.ts';
import {
  type Actor,
  type Ask,
  firstMailAbout,
  runSync,
} from '../../../sync-server/protocol/mutator.ts';
import { startMutation } from '../../../sync-server/protocol/mutators.ts';
import {
  type AnyRecord,
  type KindedRecord,
  type Mail,
  recordSchemas,
} from '../../../sync-server/protocol/records.ts';
import {
  aCustomer,
  aJob,
  aMember,
  aMutationId,
  anAttachment,
  anAttachmentId,
  anEntry,
  anEntryId,
  aPortalVisit,
} from '../../support/builders.ts';

const POSTED_AT = '2026-11-02T09:30:00.000Z';
const [T1, T2, T3, T4] = ['10', '11', '12', '13'].map(
  (hour) => `2026-11-02T${hour}:00:00.000Z`,
) as [string, string, string, string];
const FIRST = 'The parts are here.';

const mara = aMember({ role: 'admin' });
const jonas = aMember({ name: 'Jonas Ostrowski' });
const anna = aCustomer();
const job = aJob({ customerId: anna.id });
const entryId = anEntryId();
const attachmentId = anAttachmentId();
const byJonas = { kind: 'member', memberId: jonas.id } as const;
const asJonas: Actor = { kind: 'member', memberId: jonas.id, role: 'member' };
const asMara: Actor = { kind: 'member', memberId: mara.id, role: 'admin' };

let records: Map<string, AnyRecord>;
let mails: Mail[];
const have = (...puts: readonly KindedRecord[]) => {
  for (const { kind, record } of puts) records.set(`${kind}/${record.id}`, record);
};
const reply = (overrides: Partial<WrittenEntry> = {}) =>
  anEntry({
    id: entryId,
    jobId: job.id,
    author: byJonas,
    audience: 'visible',
    text: FIRST,
    attachmentIds: [],
    arrivedAt: POSTED_AT,
    ...overrides,
  });
const entryNow = () => records.get(`entry/${entryId}`) as WrittenEntry;
const visit = (seenAt: string, seenEditVersion?: number) =>
  have({
    kind: 'portal_visit',
    record: {
      ...aPortalVisit({ customerId: anna.id, jobId: job.id, seenAt }),
      ...(seenEditVersion !== undefined && { seenEditVersion }),
    },
  });
/** The edit is written, as the server writes it. */
const arrive = (version: number) =>
  have({ kind: 'entry', record: editedAtVersion(entryNow(), version) });
const mailSent = (at: string) =>
  mails.push({
    id: `mail at ${at}`,
    jobId: job.id,
    customerId: anna.id,
    entryIds: [entryId],
    to: ['anna@berg.example'],
    state: 'sent',
    at,
    reason: '',
  });

beforeEach(() => {
  records = new Map();
  mails = [];
  have({ kind: 'job', record: job }, { kind: 'entry', record: reply() });
});

function answer(ask: Ask): AnyRecord | undefined {
  if ('id' in ask) return records.get(`${ask.kind}/${ask.id}`);
  return ask.kind === 'mailed' ? firstMailAbout(mails, ask) : undefined;
}

function run(name: string, args: object, actor: Actor, arrivedAt: string | null = T1) {
  const context = { mutationId: aMutationId(), writtenAt: T4, nextReference: null };
  const running = startMutation({ name, args }, { ...context, actor, arrivedAt });
  const outcome = runSync(running, answer);
  for (const { kind, record } of 'puts' in outcome ? outcome.puts : []) {
    recordSchemas[kind].parse(record);
    records.set(`${kind}/${record.id}`, record);
  }
  return outcome;
}

/** From the text that stands, where nothing else is said. */
const edit = (text: string, at: string | null = T1, from = entryNow().text, actor = asJonas) =>
  run('edit_entry', { jobId: job.id, entryId, text, basedOn: basisOf(from) }, actor, at);
const refusedWith = (code: string) => ({ kind: 'refused', refusal: { code } });

describe('[T5] (C10) edit_entry', () => {
  it('puts the text in place and keeps what stood; author, audience, place and files stay', () => {
    const outcome = edit('The parts are on their way.');
    expect(outcome).toMatchObject({ kind: 'applied', puts: [{ kind: 'entry' }] });
    expect(entryNow()).toEqual({
      ...reply(),
      text: 'The parts are on their way.',
      earlier: [{ text: FIRST, until: T1, untilVersion: null }],
    });
    edit('They are here after all.', T2);
    expect(entryNow().earlier?.map(({ text, until }) => [text, until])).toEqual([
      [FIRST, T1],
      ['The parts are on their way.', T2],
    ]);
  });

  it('what stands unchanged is no act', () => {
    expect(edit(FIRST)).toEqual({ kind: 'applied', puts: [] });
    // Also where somebody else had something else on the screen.
    expect(edit(FIRST, T1, 'Another text')).toEqual({ kind: 'applied', puts: [] });
  });

  it('(H5) conflicts where another text stands than its author saw, and quotes none of both', () => {
    edit('From one device.');
    const outcome = edit('From the other.', T2, FIRST);
    expect(outcome).toEqual({ kind: 'conflicted', conflict: { kind: 'text' }, puts: [] });
    expect(entryNow().text).toBe('From one device.');
  });

  it('[P5] is refused to everybody but its author, admins too', () => {
    expect(edit('Mine now.', T1, FIRST, asMara)).toMatchObject(refusedWith('not-allowed'));
    const args = { jobId: job.id, entryId: anEntryId(), text: 'x', basedOn: basisOf(FIRST) };
    expect(run('edit_entry', args, asJonas)).toMatchObject(refusedWith('entry-missing'));
  });

  it('is refused for what was withdrawn or removed for good', () => {
    run('withdraw_entry', { jobId: job.id, entryId }, asJonas);
    expect(edit('Still here?')).toMatchObject(refusedWith('not-allowed'));
    run('redact_entry', { jobId: job.id, entryId }, asMara);
    expect(edit('Still here?')).toMatchObject(refusedWith('entry-missing'));
  });

  it('empties a text only where its readers keep a file', () => {
    expect(edit('  ')).toMatchObject(refusedWith('nothing-to-post'));
    const file = anAttachment({ id: attachmentId, jobId: job.id, entryId, audience: 'internal' });
    have({ kind: 'entry', record: reply({ attachmentIds: [attachmentId] }) });
    have({ kind: 'attachment', record: file });
    expect(edit('')).toMatchObject(refusedWith('nothing-to-post'));
    have({ kind: 'attachment', record: { ...file, audience: 'visible' } });
    expect(edit('')).toMatchObject({ kind: 'applied' });
    expect(entryNow().text).toBe('');
  });

  it('ends where no more earlier texts can be kept', () => {
    for (let count = 0; count < MOST_EDITS; count += 1)
      expect(edit(`Text ${count}`)).toMatchObject({ kind: 'applied' });
    expect(edit('Once more')).toMatchObject(refusedWith('value-not-valid'));
    have({ kind: 'entry', record: reply({ text: 'x'.repeat(20_000) }) });
    for (let count = 0; count < 10; count += 1) edit(`${count}${'x'.repeat(19_000)}`);
    expect(edit('Once more')).toMatchObject(refusedWith('value-not-valid'));
  });

  it('[T3] removing it for good removes all it said before', () => {
    edit('Another text.');
    run('redact_entry', { jobId: job.id, entryId }, asMara);
    expect(JSON.stringify(entryNow())).not.toContain(FIRST);
    expect(JSON.stringify(entryNow())).not.toContain('Another text.');
  });
});

describe('(C10) what the customer had read of it', () => {
  it('is kept with each text: on the page, in a mail, or not at all', () => {
    edit('Second.', T1);
    expect(entryNow().earlier?.[0]).not.toHaveProperty('customerSeenAt');
    expect(editedForCustomer(entryNow())).toBeUndefined();
    arrive(7);
    visit(T2, 7);
    edit('Third.', T3);
    expect(entryNow().earlier?.[1]).toMatchObject({ customerSeenAt: T2 });
    expect(editedForCustomer(entryNow())).toBe(T3);
    mailSent(T3);
    edit('Fourth.', T4);
    expect(entryNow().earlier?.[2]).toEqual({
      text: 'Third.',
      until: T4,
      untilVersion: null,
      mailedAt: T3,
    });
  });

  it('the first text was read by whoever looked since it arrived, a later one only with its edit on the page', () => {
    visit(T1);
    edit('Second.', T2);
    expect(entryNow().earlier?.[0]).toMatchObject({ customerSeenAt: T1 });
    arrive(7);
    // Whoever came with other news, but from a page made before the edit.
    visit(T3);
    edit('Third.', T4);
    expect(entryNow().earlier?.[1]).not.toHaveProperty('customerSeenAt');
  });

  it('(E7) is asked for no note, and for nothing that is still on its way', () => {
    visit(T4);
    mailSent(T4);
    have({ kind: 'entry', record: reply({ audience: 'internal' }) });
    edit('Another note.');
    expect(Object.keys(entryNow().earlier![0]!)).toEqual(['text', 'until', 'untilVersion']);
    have({ kind: 'entry', record: reply({ arrivedAt: null }) });
    edit('On its way.', null);
    expect(Object.keys(entryNow().earlier![0]!)).toEqual(['text', 'until', 'untilVersion']);
  });
});
