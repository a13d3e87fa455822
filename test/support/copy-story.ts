// A job told by a seed: mixed audiences, things taken back, things that wait, files of every sort. Whatever its customer may
// not read carries GEHEIM, whatever they may read carries OFFEN; internal things happen on a day of their own.

import { join } from 'node:path';
import { openBlobStore } from '../../electron/core/attachments/blob-store.ts';
import { FilePace } from '../../electron/core/attachments/file-pace.ts';
import type { MakeExportParts } from '../../electron/core/api/make-export.ts';
import { AppError } from '../../electron/core/errors.ts';
import { type Mirror, openMirror } from '../../electron/core/mirror/database.ts';
import { addBlob } from '../../electron/core/attachments/blobs.ts';
import { readerOf } from '../../electron/core/mirror/reading.ts';
import { putRecord } from '../../electron/core/mirror/records.ts';
import { accept } from '../../electron/core/outbox/accept.ts';
import type { ServerClient } from '../../electron/core/session/server-client.ts';
import type { Attachment, Entry } from '../../sync-server/protocol/entries.ts';
import type { BlobId } from '../../sync-server/protocol/ids.ts';
import type { MemberMutationName, MutationArgs } from '../../sync-server/protocol/mutations.ts';
import type { KindedRecord } from '../../sync-server/protocol/records.ts';
import { Chance } from '../simulation/chance.ts';
import * as build from './builders.ts';
import { quickClock } from './fake-host.ts';
import { PRINT_PROGRAM } from './print-program.ts';

export const GEHEIM = 'Geheim';
export const OFFEN = 'Offen';
const SECRET_DAY = '2019-02-03';
/** As a copy would tell it, and as data would. */
export const SECRET_TIMES = [SECRET_DAY, '3 February 2019', '3 Feb 2019', '03:33'];

export interface CopyStory {
  readonly parts: MakeExportParts & { readonly mirror: Mirror };
  readonly jobId: ReturnType<typeof build.aJobId>;
  /** Words the customer may read. */
  readonly open: readonly string[];
  /** Ids of everything there is. */
  readonly ids: readonly string[];
  /** Hashes of all bytes. */
  readonly hashes: readonly string[];
  close(): void;
}

export async function tellCopyStory(
  folder: string,
  seed: number,
  { entries: count = 60, photo }: { readonly entries?: number; readonly photo?: Buffer } = {},
): Promise<CopyStory> {
  const chance = new Chance(seed);
  const mirror = openMirror(join(folder, 'docket.sqlite'));
  const blobs = await openBlobStore(join(folder, 'blobs'), build.nextId);
  const people = peopleOf();
  const job = build.aJob({
    title: `Golf ${OFFEN} Titel`,
    customerId: people.anna.id,
    pipelineId: people.pipeline.id,
    stageId: people.booked.id,
    assigneeId: people.mara.id,
    createdAt: `${SECRET_DAY}T03:33:00.000Z`,
    form: { [people.fields.open.id]: `${OFFEN} Wert`, [people.fields.hidden.id]: `${GEHEIM} Wert` },
  });
  const telling = new Telling(chance, people, job.id);
  for (let number = 0; number < count; number += 1) telling.tell(number);
  const records: KindedRecord[] = [
    { kind: 'workspace', record: people.workspace },
    { kind: 'member', record: people.mara },
    { kind: 'customer', record: people.anna },
    { kind: 'customer', record: people.yusuf },
    { kind: 'pipeline', record: people.pipeline },
    { kind: 'job', record: job },
    ...telling.records,
  ];
  const photoId = photo === undefined ? undefined : await takePhoto(blobs, photo);
  mirror.transact((writable) => {
    for (const [index, { kind, record }] of records.entries()) {
      const stamp = { version: index + 1, position: index + 1, generation: 0 };
      putRecord(writable, kind, record as never, stamp);
    }
    if (photoId !== undefined && photo !== undefined)
      addBlob(
        writable,
        { id: photoId, mediaType: 'image/jpeg', sizeBytes: photo.length },
        { addedAt: build.BUILT_AT, uploadedAt: build.BUILT_AT },
      );
  });
  for (const act of telling.pending) perform(mirror, people.mara.id, act);
  const open = [`${OFFEN} Titel`, `${OFFEN} Wert`, ...telling.open];
  return {
    parts: {
      mirror,
      blobs,
      server: {
        getBlob: () => Promise.reject(new AppError('server-unreachable')),
      } as unknown as ServerClient,
      host: { clock: quickClock, printProgram: PRINT_PROGRAM },
      pace: new FilePace({ clock: quickClock, limitKbits: () => null, isSyncing: () => false }),
      now: () => '2026-11-28T10:00:00.000Z',
      account: { workspace: people.workspace },
      reader: () => readerOf(mirror, people.mara.id),
    },
    jobId: job.id,
    open,
    ids: records.map(({ record }) => record.id),
    hashes: telling.records.flatMap(({ kind, record }) =>
      kind === 'attachment' ? [record.blobId] : [],
    ),
    close: () => mirror.close(),
  };
}

async function takePhoto(
  blobs: Awaited<ReturnType<typeof openBlobStore>>,
  photo: Buffer,
): Promise<BlobId> {
  const taken = await blobs.take(
    (async function* () {
      yield photo;
    })(),
    () => Promise.resolve(true),
  );
  if (taken.kind !== 'kept') throw new Error('The photo is kept.');
  return taken.blobId;
}

function peopleOf() {
  const booked = build.aStage({ name: `${OFFEN} gebucht` });
  const ready = build.aStage({ name: `${OFFEN} fertig`, hue: 'green' });
  const insurer = build.aStage({ name: `${GEHEIM} Stufe`, visibleToCustomer: false });
  const fields = {
    open: build.aFormField({ label: `${OFFEN} Feld`, type: 'text', customerCanEdit: true }),
    hidden: build.aFormField({ label: `${GEHEIM} Feld`, type: 'text' }),
  };
  return {
    workspace: build.aWorkspace({ name: 'Nordhafen Repairs', hue: 'teal' }),
    mara: build.aMember({ name: `Mara ${GEHEIM}`, email: 'geheim@mail.example', role: 'admin' }),
    anna: build.aCustomer({ notes: GEHEIM, phone: GEHEIM, emails: ['geheim@berg.example'] }),
    yusuf: build.aCustomer({ name: `Yusuf ${GEHEIM}`, notes: GEHEIM }),
    booked,
    ready,
    insurer,
    fields,
    pipeline: build.aPipeline({
      name: `${GEHEIM} Ablauf`,
      stages: [booked, insurer, ready],
      fields: [fields.hidden, fields.open],
    }),
  };
}

type People = ReturnType<typeof peopleOf>;
type Act = {
  [N in MemberMutationName]: { readonly name: N; readonly args: MutationArgs<N> };
}[MemberMutationName];

function perform(mirror: Mirror, memberId: People['mara']['id'], { name, args }: Act): void {
  const actor = { kind: 'member', memberId, role: 'admin' } as const;
  const writtenAt = `${SECRET_DAY}T03:33:00.000Z`;
  mirror.transact((writable) =>
    accept(writable, actor, { id: build.aMutationId(), name, args, writtenAt }),
  );
}

class Telling {
  readonly records: KindedRecord[] = [];
  readonly pending: Act[] = [];
  readonly open: string[] = [];
  readonly #chance: Chance;
  readonly #people: People;
  readonly #jobId: ReturnType<typeof build.aJobId>;

  constructor(chance: Chance, people: People, jobId: ReturnType<typeof build.aJobId>) {
    this.#chance = chance;
    this.#people = people;
    this.#jobId = jobId;
  }

  tell(number: number): void {
    switch (this.#chance.weighted({ reply: 8, stage: 2, form: 2, odd: 2, waiting: 1 })) {
      case 'reply':
        return this.#reply(number);
      case 'stage':
        return this.#stage(number);
      case 'form':
        return this.#form(number);
      case 'odd':
        return this.#odd();
      case 'waiting':
        return this.#post(number);
    }
  }

  #base(isOpen: boolean, number: number) {
    const day = `2026-11-${String((number % 27) + 1).padStart(2, '0')}T10:05:00.000Z`;
    const at = isOpen ? day : `${SECRET_DAY}T03:33:00.000Z`;
    return { jobId: this.#jobId, writtenAt: at, arrivedAt: at };
  }

  #author() {
    const { mara, anna, yusuf } = this.#people;
    return this.#chance.pick([
      { kind: 'member', memberId: mara.id },
      { kind: 'customer', customerId: anna.id },
      { kind: 'customer', customerId: yusuf.id },
    ] as const);
  }

  /** What a customer wrote is visible, as the portal makes it. */
  #reply(number: number): void {
    const { mara } = this.#people;
    const author = this.#author();
    const isVisible = author.kind === 'customer' || this.#chance.happens(0.5);
    const audience = isVisible ? 'visible' : 'internal';
    const undoing = { memberId: mara.id, at: `${SECRET_DAY}T03:33:00.000Z` };
    const fate = this.#chance.weighted({
      stands: 6,
      withdrawn: 1,
      redacted: 1,
      'withdrawn here': 1,
    });
    const isOpen = isVisible && fate === 'stands';
    const text = `${isOpen ? OFFEN : GEHEIM} Text ${number}`;
    const id = build.anEntryId();
    const base = { ...this.#base(isOpen, number), id, author, audience } as const;
    const files = Array.from({ length: this.#chance.between(0, 2) }, (_, index) =>
      this.#file(`${number}-${index}`, { entryId: id, author, isParentOpen: isOpen }),
    );
    const entry = build.anEntry({
      ...base,
      text: fate === 'redacted' ? '' : text,
      attachmentIds: files.map((file) => file.id),
      ...(fate === 'withdrawn' && { withdrawn: undoing }),
      ...(fate === 'redacted' && { redacted: undoing }),
    });
    this.#put(entry, files);
    if (isOpen) this.open.push(text);
    if (fate === 'withdrawn here' && author.kind === 'member')
      this.pending.push({ name: 'withdraw_entry', args: { jobId: this.#jobId, entryId: id } });
    else if (fate === 'withdrawn here')
      // Nobody withdraws a customer's words: an admin removes them.
      this.pending.push({ name: 'redact_entry', args: { jobId: this.#jobId, entryId: id } });
  }

  #file(
    number: string,
    {
      entryId,
      author,
      isParentOpen,
    }: { entryId: Attachment['entryId']; author: Attachment['author']; isParentOpen: boolean },
  ): Attachment {
    const { mara } = this.#people;
    const undoing = { memberId: mara.id, at: `${SECRET_DAY}T03:33:00.000Z` };
    const fate = this.#chance.weighted({
      stands: 5,
      internal: 3,
      withdrawn: 1,
      'made visible here': 1,
      'renamed here': 1,
    });
    // A visible file of an entry that is not stands on its own; to keep the story's marks plain, it is in none here.
    const isOpen = isParentOpen && (fate === 'stands' || fate === 'renamed here');
    const name = `${isOpen ? OFFEN : GEHEIM} Datei ${number}.pdf`;
    const file = build.anAttachment({
      jobId: this.#jobId,
      entryId,
      author,
      name,
      mediaType: 'application/pdf',
      audience: isOpen || fate === 'withdrawn' ? 'visible' : 'internal',
      ...(fate === 'withdrawn' && { withdrawn: undoing }),
    });
    const args = {
      jobId: this.#jobId,
      entryId: build.anEntryId(),
      attachmentId: file.id,
      fromName: name,
    };
    if (fate === 'made visible here' && !isOpen)
      this.pending.push({
        name: 'change_file_audience',
        args: { ...args, audience: 'visible', seenVersion: 100_000 },
      });
    if (fate === 'renamed here' && isOpen)
      this.pending.push({
        name: 'rename_file',
        args: { ...args, toName: `${GEHEIM} umbenannt.pdf` },
      });
    if (isOpen) this.open.push(name);
    return file;
  }

  #stage(number: number): void {
    const { booked, ready, insurer, mara } = this.#people;
    const [from, to] = this.#chance.pick([
      [booked, ready],
      [ready, booked],
      [booked, insurer],
      [insurer, ready],
    ] as const);
    const isOpen = from !== insurer && to !== insurer;
    this.#put(
      build.aStatusChange({
        ...this.#base(isOpen, number),
        // Marked visible also where a stage became internal later.
        audience: 'visible',
        author: { kind: 'member', memberId: mara.id },
        fromStageId: from.id,
        fromName: from.name,
        toStageId: to.id,
        toName: to.name,
      }),
    );
    if (isOpen) this.open.push(to.name);
  }

  #form(number: number): void {
    const author = this.#author();
    const isOpen = author.kind === 'customer';
    const to = `${isOpen ? OFFEN : GEHEIM} Angabe ${number}`;
    const label = isOpen ? this.#people.fields.open.label : this.#people.fields.hidden.label;
    const changes = [{ fieldId: build.aFieldId(), label, from: isOpen ? null : GEHEIM, to }];
    this.#put(
      build.aFormSave({ ...this.#base(isOpen, number), author, audience: 'visible', changes }),
    );
    if (isOpen) this.open.push(to);
  }

  /** Kinds no customer meets, marked visible as by a mistake. */
  #odd(): void {
    const { mara, insurer } = this.#people;
    const author = { kind: 'member' as const, memberId: mara.id };
    const base = { ...this.#base(false, 0), author, audience: 'visible' as const };
    const wish = {
      kind: 'stage',
      wantedStageId: insurer.id,
      wantedName: GEHEIM,
      standsName: GEHEIM,
    } as const;
    this.#put(
      this.#chance.pick<Entry>([
        build.anAssignment({ ...base, toMemberId: mara.id }),
        { ...base, id: build.anEntryId(), kind: 'unapplied', wish },
        {
          ...base,
          id: build.anEntryId(),
          kind: 'file_change',
          attachmentId: build.anAttachmentId(),
          change: 'renamed',
          name: `${GEHEIM} alt.pdf`,
          newName: `${GEHEIM} neu.pdf`,
        },
      ]),
    );
  }

  /** It is in no portal yet. */
  #post(number: number): void {
    this.pending.push({
      name: 'post_entry',
      args: {
        jobId: this.#jobId,
        entryId: build.anEntryId(),
        audience: this.#chance.pick(['internal', 'visible']),
        text: `${GEHEIM} wartet ${number}`,
        attachments: [],
        seenVersion: 100_000,
      },
    });
  }

  #put(entry: Entry, files: readonly Attachment[] = []): void {
    this.records.push({ kind: 'entry', record: entry });
    for (const record of files) this.records.push({ kind: 'attachment', record });
  }
}
