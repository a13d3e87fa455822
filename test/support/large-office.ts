// An office after years of work, for crash runs and benchmarks: the same seed makes the same office.

import { hashPassword } from '../../sync-server/auth/passwords.ts';
import { attachmentId, entryId } from '../../sync-server/protocol/ids.ts';
import type { KindedRecord, Member } from '../../sync-server/protocol/records.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import { Chance } from '../simulation/chance.ts';
import {
  aCustomer,
  aFileEntry,
  aFormSave,
  aJob,
  aMember,
  anAssignment,
  anAttachment,
  anEntry,
  aPipeline,
  aReadMark,
  aStatusChange,
  aWorkspace,
} from './builders.ts';

export const LARGE_OFFICE_PASSWORD = 'a long enough password';

export interface LargeOfficeSize {
  readonly jobs: number;
  readonly entries: number;
  /** Entries with files, whose bytes nobody has. */
  readonly hasFiles: boolean;
}

export interface LargeOffice {
  readonly workspaceId: string;
  readonly members: readonly Member[];
  /** In feed order, as `createWorkspace` wants them. */
  readonly records: readonly KindedRecord[];
}

const FIRST_MS = Date.parse('2024-01-08T08:00:00.000Z');
const MS_APART = 8 * 60 * 1000;

type Place = ReturnType<typeof placeOf>;

export function buildLargeOffice(size: LargeOfficeSize, seed: number): LargeOffice {
  const chance = new Chance(seed);
  const workspace = aWorkspace({ name: 'Nordhafen Karosserie' });
  const members = [
    'Mara Kühn',
    'Jonas Ostrowski',
    'Tove Lindqvist',
    'Emre Aydın',
    'Ilse Brandt',
  ].map((name, index) =>
    aMember({
      name,
      email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@large.example`,
      role: index === 0 ? 'admin' : 'member',
    }),
  );
  const pipelines = [aPipeline(), aPipeline({ name: 'Hail', hue: 'teal', position: 1 })];
  const customers = Array.from({ length: Math.ceil(size.jobs * 0.6) }, (_, index) =>
    aCustomer({
      name: `${chance.pick(FIRST_NAMES)} ${chance.pick(LAST_NAMES)}`,
      emails: [`customer${index}@mail.example`],
      phone: `+49 40 5550 ${String(index).padStart(4, '0')}`,
    }),
  );
  const places = Array.from({ length: size.jobs }, (_, index) =>
    placeOf(chance, { index, members, pipelines, customers }),
  );
  const records: KindedRecord[] = [
    { kind: 'workspace', record: workspace },
    ...members.map((record) => ({ kind: 'member', record }) as const),
    ...pipelines.map((record) => ({ kind: 'pipeline', record }) as const),
    ...customers.map((record) => ({ kind: 'customer', record }) as const),
    ...places.map(({ job }) => ({ kind: 'job', record: job }) as const),
  ];
  for (let made = 0; made < size.entries; made += 1) {
    // Work moves on: what is written now is mostly about the newest jobs.
    const newest = Math.floor((made / size.entries) * places.length);
    const place = places[Math.max(0, newest - Math.floor(chance.next() ** 3 * 400))];
    if (place !== undefined)
      records.push(
        ...entryAt(chance, place, { atMs: FIRST_MS + made * MS_APART, hasFiles: size.hasFiles }),
      );
  }
  const mara = members[0];
  if (mara !== undefined)
    for (const { job } of places)
      if (chance.happens(0.5))
        records.push({
          kind: 'read_mark',
          record: aReadMark({ memberId: mara.id, jobId: job.id, readThroughVersion: 1 }),
        });
  return { workspaceId: workspace.id, members, records };
}

export async function addLargeOffice(
  storage: Pick<Storage, 'createWorkspace'>,
  { records, members }: LargeOffice,
): Promise<void> {
  const passwordHash = await hashPassword(LARGE_OFFICE_PASSWORD);
  const workspace = records[0];
  if (workspace?.kind !== 'workspace') throw new Error('An office begins with its workspace.');
  await storage.createWorkspace({
    workspaceId: workspace.record.id,
    records,
    signIns: members.map(({ id, email }) => ({ memberId: id, email, passwordHash })),
    blobs: [],
    references: { prefix: 'J-', next: 9001 },
  });
}

function placeOf(
  chance: Chance,
  of: {
    readonly index: number;
    readonly members: readonly Member[];
    readonly pipelines: readonly ReturnType<typeof aPipeline>[];
    readonly customers: readonly ReturnType<typeof aCustomer>[];
  },
) {
  const pipeline = chance.pick(of.pipelines);
  const customer = chance.pick(of.customers);
  const stage = chance.pick(pipeline.stages);
  const job = aJob({
    reference: `J-${of.index + 1}`,
    title: `${chance.pick(PARTS)}, ${chance.pick(WORK)}`,
    customerId: customer.id,
    pipelineId: pipeline.id,
    stageId: stage.id,
    assigneeId: chance.happens(0.8) ? chance.pick(of.members).id : null,
    form: Object.fromEntries(
      pipeline.fields.map(({ id }) => [id, chance.between(10_000, 240_000)]),
    ),
    lastActivityAt: new Date(1_700_000_000_000 + of.index * 600_000).toISOString(),
  });
  return { job, pipeline, members: of.members };
}

function entryAt(
  chance: Chance,
  { job, pipeline, members }: Place,
  { atMs, hasFiles }: { readonly atMs: number; readonly hasFiles: boolean },
): KindedRecord[] {
  const isFromCustomer = chance.happens(0.2);
  const member = { kind: 'member', memberId: chance.pick(members).id } as const;
  const at = new Date(atMs).toISOString();
  const head = {
    id: entryId.parse(chance.id(atMs)),
    writtenAt: at,
    arrivedAt: at,
    jobId: job.id,
    author: member,
    audience: chance.happens(0.5) ? 'visible' : 'internal',
  } as const;
  const kind = chance.weighted({ reply: 70, stage: 12, form: 8, assignment: 4, file: 6 });
  switch (kind) {
    case 'stage': {
      const [from, to] = [chance.pick(pipeline.stages), chance.pick(pipeline.stages)];
      const stages = { fromStageId: from.id, fromName: from.name };
      return [entry(aStatusChange({ ...head, ...stages, toStageId: to.id, toName: to.name }))];
    }
    case 'form': {
      const field = pipeline.fields[0];
      if (field === undefined) return [];
      const change = {
        fieldId: field.id,
        label: field.label,
        from: null,
        to: chance.between(1, 240_000),
      };
      return [entry(aFormSave({ ...head, audience: 'internal', changes: [change] }))];
    }
    case 'assignment':
      return [
        entry(anAssignment({ ...head, audience: 'internal', toMemberId: chance.pick(members).id })),
      ];
    case 'file': {
      if (!hasFiles) break;
      const file = anAttachment({
        id: attachmentId.parse(chance.id(atMs)),
        entryId: head.id,
        jobId: job.id,
        author: member,
        audience: head.audience,
        sizeBytes: chance.between(40_000, 4_000_000),
      });
      return [
        entry(aFileEntry({ ...head, attachmentIds: [file.id] })),
        { kind: 'attachment', record: file },
      ];
    }
    case 'reply':
      break;
  }
  const author = isFromCustomer
    ? ({ kind: 'customer', customerId: job.customerId } as const)
    : member;
  const audience = isFromCustomer ? 'visible' : head.audience;
  return [entry(anEntry({ ...head, author, audience, text: textOf(chance) }))];
}

function entry(record: Extract<KindedRecord, { kind: 'entry' }>['record']): KindedRecord {
  return { kind: 'entry', record };
}

/** One to four sentences, some 40 to 250 characters, none like the other. */
function textOf(chance: Chance): string {
  const sentences = Array.from({ length: chance.between(1, 4) }, () => {
    const what = `${chance.pick(PARTS).toLowerCase()} ${chance.pick(HAPPENINGS)}`;
    return `${chance.pick(OPENINGS)} ${what} ${chance.pick(WHEN)} (${chance.between(100, 9999)}).`;
  });
  return sentences.join(' ');
}

const FIRST_NAMES = [
  'Anna',
  'Béla',
  'Chiara',
  'Dimitri',
  'Elif',
  'Fritz',
  'Grace',
  'Håkon',
  'Inês',
];
const LAST_NAMES = [
  'Berg',
  'Nagy',
  'Rossi',
  'Petrov',
  'Yıldız',
  'Müller',
  'Okafor',
  'Dahl',
  'Sousa',
];
const PARTS = [
  'Front wing',
  'Rear bumper',
  'Bonnet',
  'Roof rail',
  'Sill',
  'Tailgate',
  'Headlamp',
  'Door',
];
const WORK = ['dent and paint', 'replace', 'hail repair', 'blend and polish', 'rust treatment'];
const OPENINGS = [
  'Rang the insurer:',
  'Note for the workshop:',
  'Good news,',
  'Please be aware:',
  'Checked:',
];
const HAPPENINGS = [
  'arrives from the supplier',
  'needs a second coat of primer',
  'is back from the paint booth',
  'was approved without a cut',
  'does not fit, the clip is broken',
  'can be picked up',
];
const WHEN = [
  'on Monday',
  'before noon',
  'in week 34',
  'this afternoon',
  'as soon as it is dry',
  'tomorrow',
];
