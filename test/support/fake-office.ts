// A made-up office for the fake bridge: people, pipelines, jobs and what was written. Runs in the browser and in tests.

import type {
  Customer,
  Entry,
  FormField,
  Hue,
  Job,
  Member,
  Pipeline,
  Stage,
} from '../../renderer/records.ts';
import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';

export interface FakeOffice {
  readonly members: readonly Member[];
  readonly pipelines: readonly Pipeline[];
  readonly customers: Customer[];
  readonly jobs: Job[];
  readonly entries: Entry[];
  readonly attachments: Map<string, FeedAttachment>;
}

let idsMade = 0;
/** The n-th id is always the same. */
export function fakeId<Id extends string>(): Id {
  idsMade += 1;
  return `0190a000-0000-7000-8000-${idsMade.toString(16).padStart(12, '0')}` as Id;
}

const member = (name: string, email: string, role: Member['role'] = 'member'): Member => ({
  id: fakeId(),
  name,
  email,
  role,
});

const stage = (name: string, hue: Hue, visibleToCustomer = true): Stage => ({
  id: fakeId(),
  name,
  hue,
  visibleToCustomer,
});

const field = (
  label: string,
  type: FormField['type'],
  over: Partial<FormField> = {},
): FormField => ({
  id: fakeId(),
  label,
  type,
  choices: [],
  customerCanEdit: false,
  ...over,
});

const customer = (name: string, over: Partial<Customer> = {}): Customer => ({
  id: fakeId(),
  name,
  emails: [`${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@mail.example`],
  phone: '+49 40 5550 0142',
  notes: '',
  notifyOnReplies: true,
  ...over,
});

function fakePipelines(): Pipeline[] {
  const rights = { customerCanReply: true, customerCanUpload: true };
  return [
    {
      id: fakeId(),
      name: 'Body and paint',
      hue: 'blue',
      position: 0,
      stages: [
        stage('Booked', 'violet'),
        stage('Estimate sent', 'blue'),
        stage('Waiting for insurer', 'amber', false),
        stage('Parts ordered', 'slate', false),
        stage('In the workshop', 'blue'),
        stage('Ready for pick-up', 'green'),
        stage('Closed', 'slate'),
      ],
      fields: [
        field('Licence plate', 'text', { customerCanEdit: true }),
        field('Mileage', 'number', { customerCanEdit: true }),
        field('Promised for', 'date'),
        field('Paid by', 'choice', { choices: ['Customer', 'Insurer', 'Lease company'] }),
        field('Courtesy car', 'checkbox'),
        field('Damage', 'long_text'),
      ],
      ...rights,
    },
    {
      id: fakeId(),
      name: 'Hail claims',
      hue: 'orange',
      position: 1,
      stages: [
        stage('Reported', 'orange'),
        stage('Waiting for insurer', 'slate', false),
        stage('Approved', 'green'),
      ],
      fields: [],
      ...rights,
    },
    {
      id: fakeId(),
      name: 'Rental returns',
      hue: 'green',
      position: 2,
      stages: [stage('Expected', 'slate'), stage('Inspected', 'green')],
      fields: [field('Fuel', 'text')],
      ...rights,
    },
  ];
}

const TITLES = [
  ['Golf 8, rear quarter panel', 'Anna Berg', 0, 4],
  ['Sprinter roof, hail claim', 'Hoffmann Logistics', 1, 2],
  ['Model Y windscreen and calibration', 'Yusuf Demir', 0, 3],
  ['Transit, sliding door and sill', 'Café Lindgren', 0, 1],
  ['Polo, return inspection', 'CityRent', 2, 1],
  [
    'Octavia, both bumpers, keyed left side from front wing to boot lid and mirror',
    'Ines Carvalho',
    0,
    0,
  ],
  ['مرسيدس، الباب الأمامي', 'سلمى حداد', 0, 0],
  ['Astra, tailgate dent', 'Wren & Daughters Property Management and Holiday Lettings', 0, 5],
] as const;

const NOTES = [
  'Rang the supplier, the panel is on the Tuesday lorry.',
  'Insurer pays for paint only. Anna said she may upgrade to the full panel later, so keep the second quote at hand.',
  'Colour code is LC9X, checked under the boot floor.',
  'Second coat is on. Leave it in booth 2 until tomorrow.',
];
const REPLIES = [
  'Your car is in the workshop now. We will write when the paint is done.',
  'The estimate is attached, valid until the 30th.\n\nShall we order the parts?',
  'We can offer a courtesy car from Monday.',
];
const FROM_CUSTOMER = [
  'Thank you! Is Thursday still possible?',
  'Yes, please go ahead.',
  'Could you also look at the scratch on the left mirror?',
];

/** @param jobCount how many jobs; @param now the newest entry is a little before it */
export function fakeOffice(jobCount = 42, now = Date.now()): FakeOffice {
  const members = [
    member('Jonas Okafor', 'jonas@nordhafen.example', 'admin'),
    member('Mara Kühn', 'mara@nordhafen.example'),
    member('Paul Lindqvist', 'paul@nordhafen.example'),
  ];
  const office: FakeOffice = {
    members,
    pipelines: fakePipelines(),
    customers: TITLES.map(([, name]) => customer(name)),
    jobs: [],
    entries: [],
    attachments: new Map(),
  };
  for (let index = 0; index < jobCount; index += 1) addJob(office, index, now);
  return office;
}

function addJob(office: FakeOffice, index: number, now: number) {
  const [title, , pipelineIndex, stageIndex] = TITLES[index % TITLES.length] ?? TITLES[0];
  const pipeline = at(office.pipelines, pipelineIndex);
  const job: Job = {
    id: fakeId(),
    reference: `#${2291 - index}`,
    title: index < TITLES.length ? title : `${title.split(',')[0]}, visit ${index}`,
    customerId: at(office.customers, index % TITLES.length).id,
    pipelineId: pipeline.id,
    stageId: at(pipeline.stages, stageIndex).id,
    assigneeId: index % 4 === 3 ? null : at(office.members, index % 3).id,
    form: Object.fromEntries(
      pipeline.fields
        .slice(0, 2)
        .map(({ id, type }) => [id, type === 'number' ? 84_200 : 'HH-NR 482']),
    ),
    createdAt: new Date(now - (index + 30) * 86_400_000).toISOString(),
    lastActivityAt: new Date(now - index * index * 600_000 - 600_000).toISOString(),
  };
  office.jobs.push(job);
  addEntries(office, job, pipeline, index === 0 ? 60 : 6);
}

function addEntries(office: FakeOffice, job: Job, pipeline: Pipeline, count: number) {
  const last = Date.parse(job.lastActivityAt);
  for (let step = 0; step < count; step += 1) {
    const ago = (count - 1 - step) ** 1.7 * 1_500_000;
    const instant = new Date(last - ago).toISOString();
    office.entries.push(entryFor({ office, job, pipeline, step: count - 1 - step, instant }));
  }
}

interface EntryPlan {
  readonly office: FakeOffice;
  readonly job: Job;
  readonly pipeline: Pipeline;
  /** 0 is the newest. */
  readonly step: number;
  readonly instant: string;
}

function entryFor({ office, job, pipeline, step, instant }: EntryPlan): Entry {
  const staff = at(office.members, step % 3).id;
  const base = {
    id: fakeId<Entry['id']>(),
    jobId: job.id,
    author: { kind: 'member', memberId: staff } as const,
    writtenAt: instant,
    arrivedAt: step === 6 ? new Date(Date.parse(instant) + 9_120_000).toISOString() : instant,
  };
  if (step % 11 === 9) {
    const [from, to] = [at(pipeline.stages, 0), at(pipeline.stages, 1)];
    const names = { fromStageId: from.id, fromName: from.name, toStageId: to.id, toName: to.name };
    return { ...base, kind: 'status_change', audience: 'visible', ...names };
  }
  const first = pipeline.fields[1];
  if (step % 11 === 7 && first !== undefined)
    return {
      ...base,
      kind: 'form_save',
      audience: 'internal',
      changes: [
        { fieldId: first.id, label: first.label, from: 84_200, to: 84_950 },
        { fieldId: first.id, label: 'Courtesy car', from: null, to: true },
      ],
    };
  if (step % 11 === 8)
    return {
      ...base,
      kind: 'assignment',
      audience: 'internal',
      fromMemberId: null,
      toMemberId: staff,
    };
  if (step % 3 === 0)
    return {
      ...base,
      kind: 'reply',
      audience: 'visible',
      author: { kind: 'customer', customerId: job.customerId },
      text: at(FROM_CUSTOMER, (step / 3) % 3),
      attachmentIds: step === 0 ? addFiles(office, 'visible') : [],
    };
  return step % 3 === 1
    ? { ...base, kind: 'reply', audience: 'internal', text: at(NOTES, step % 4), attachmentIds: [] }
    : {
        ...base,
        kind: 'reply',
        audience: 'visible',
        text: at(REPLIES, step % 3),
        attachmentIds: [],
      };
}

const PICTURE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="296" height="172"><defs><linearGradient id="a" x2=".6" y2="1"><stop stop-color="#7d8b93"/><stop offset=".55" stop-color="#3f4a50"/><stop offset="1" stop-color="#8a5b45"/></linearGradient></defs><rect width="296" height="172" fill="url(#a)"/></svg>',
)}`;

function addFiles(office: FakeOffice, audience: 'internal' | 'visible') {
  const add = (over: Partial<FeedAttachment>) => {
    const id = fakeId<FeedAttachment['id']>();
    office.attachments.set(id, {
      id,
      blobId: fakeId<FeedAttachment['blobId']>(),
      name: 'IMG_4471.jpg',
      mediaType: 'image/jpeg',
      typeName: 'JPEG image',
      sizeBytes: 2_612_000,
      audience,
      url: PICTURE,
      isPicture: true,
      onDevice: true,
      thumbnailUrl: PICTURE,
      previewUrl: PICTURE,
      jpegUrl: null,
      problem: null,
      keepsLocation: false,
      undone: null,
      hasLocation: false,
      ...over,
    });
    return id;
  };
  const pdf = {
    mediaType: 'application/pdf',
    typeName: 'PDF',
    url: '/files/none',
    isPicture: false,
    thumbnailUrl: null,
    previewUrl: null,
  };
  return [add({}), add({ ...pdf, name: 'policy-2026.pdf', sizeBytes: 310_000 })];
}

/** The element at `index`, which must be there. */
export function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`Nothing stands at ${index}.`);
  return found;
}
