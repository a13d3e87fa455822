// The demo office, whole: pure, and the same for the same `nowMs` and seed. Six months of a body shop that end now.

import type { Entry } from '../../protocol/entries.ts';
import type { KindedRecord } from '../../protocol/records.ts';
import { portalVisitId, readMarkId } from '../../protocol/records.ts';
import * as records from '../../protocol/records.ts';
import { FileShelf } from './attach-files.ts';
import { cannedReplies } from './canned-replies.ts';
import { happens, type Random } from './chance.ts';
import { drawnFacts } from './form-values.ts';
import type { DemoFile } from './demo-files.ts';
import type { JobPlan, PipelineJobs } from './job-plan.ts';
import { openBodyJobs } from './jobs/body-jobs.ts';
import { finishedBodyJobs } from './jobs/finished-body-jobs.ts';
import { hailJobs } from './jobs/hail-jobs.ts';
import { rentalJobs } from './jobs/rental-jobs.ts';
import { colleagues, type MemberKey, nordhafen } from './office.ts';
import { officeHours } from './office-hours.ts';
import { customers, insurers } from './people.ts';
import { euro, type Facts } from './phrase.ts';
import { Phrasebook } from './phrasebook.ts';
import { pipelines } from './pipelines.ts';
import { planStory, type Told } from './plan-story.ts';
import { type ScheduledJob, scheduleJob } from './schedule.ts';
import { tellJob, type ToldJob } from './tell-story.ts';

export interface DemoOffice {
  /** In feed order: the k-th record, counted from 1, stands at version k. Read marks and visits name such versions. */
  readonly records: readonly KindedRecord[];
  /** The number the next job gets. */
  readonly nextReference: number;
}

export interface DemoOfficeSeed {
  readonly nowMs: number;
  readonly random: Random;
  /** How far the office's clock is ahead of UTC: office hours are local. */
  readonly utcOffsetMinutes: number;
  /** What there is to attach. */
  readonly files: readonly DemoFile[];
}

const FIRST_REFERENCE = 2252;

const ALL_JOBS: readonly PipelineJobs[] = [
  { pipeline: 'body', jobs: [...openBodyJobs, ...finishedBodyJobs] },
  { pipeline: 'hail', jobs: hailJobs },
  { pipeline: 'rental', jobs: rentalJobs },
];

export function buildDemoOffice(seed: DemoOfficeSeed): DemoOffice {
  const jobs = tellJobs(seed);
  const furniture: KindedRecord[] = [
    { kind: 'workspace', record: nordhafen },
    ...Object.values(colleagues).map((record): KindedRecord => ({ kind: 'member', record })),
    ...Object.values(pipelines).map(
      ({ pipeline }): KindedRecord => ({ kind: 'pipeline', record: pipeline }),
    ),
    ...[...customers.values()].map(({ record }): KindedRecord => ({ kind: 'customer', record })),
  ];
  const feed = [...furniture, ...inOrderOfArrival(jobs)];
  const versions = new Map(feed.map(({ record }, index) => [record.id, index + 1]));
  const nextReference = FIRST_REFERENCE + jobs.length;
  return {
    records: [
      ...feed,
      ...readMarks(jobs, versions),
      ...portalVisits(jobs, versions, seed),
      ...cannedReplies(seed.files, seed.nowMs).map(
        (record): KindedRecord => ({ kind: 'canned_reply', record }),
      ),
    ],
    nextReference,
  };
}

interface PlannedToldJob extends ToldJob {
  readonly plan: JobPlan;
}

function tellJobs({ nowMs, random, utcOffsetMinutes, files }: DemoOfficeSeed): PlannedToldJob[] {
  const hours = officeHours(utcOffsetMinutes);
  const told: Told = new Map();
  const scheduled = ALL_JOBS.flatMap(({ pipeline, jobs }) =>
    jobs.map((plan) =>
      scheduleJob(pipeline, plan, planStory(pipeline, plan, { random, told }), {
        nowMs,
        hours,
        random,
      }),
    ),
  );
  const phrasebook = new Phrasebook(random);
  const shelf = new FileShelf(files, random);
  return scheduled.sort(byOpening).map((job, index) => {
    const reference = String(FIRST_REFERENCE + index);
    const facts = factsOf(job, random);
    return {
      plan: job.plan,
      ...tellJob(job, { random, hours, phrasebook, shelf, reference, facts }),
    };
  });
}

const byOpening = (a: ScheduledJob, b: ScheduledJob): number =>
  (a.happenings[0]?.atMs ?? 0) - (b.happenings[0]?.atMs ?? 0);

function factsOf({ plan, beats }: ScheduledJob, random: Random): Facts {
  const { supplementEuro, excessEuro, claimNumber, ...drawn } = drawnFacts(plan, random);
  const customer = customers.get(plan.customer);
  const insurer = plan.insurer === null ? null : insurers[plan.insurer];
  const finalEuro = plan.amountEuro + (beats.has('hidden-damage') ? supplementEuro : 0);
  return {
    ...drawn,
    vehicle: plan.vehicle,
    plate: plan.plate,
    colour: plan.colour,
    code: plan.code,
    damage: plan.damage,
    cause: plan.cause,
    part: plan.parts[0],
    part2: plan.parts[1],
    /** Without its article: "a used bumper". */
    bare: plan.parts[0].replace(/^the /, ''),
    customer: customer?.record.name ?? '',
    calls: customer?.calls ?? '',
    insurer: insurer?.name ?? 'the customer',
    adjuster: insurer?.adjuster ?? 'the customer',
    claim: `${insurer?.claimPrefix ?? 'P'} ${claimNumber}`,
    amount: euro(plan.amountEuro),
    final: euro(finalEuro),
    supplement: euro(supplementEuro),
    excess: euro(excessEuro),
    workshop: 'Henrik',
    parts: 'Selin',
  };
}

/** A job stands right before its first entry, a file right after the entry that brought it. */
function inOrderOfArrival(jobs: readonly ToldJob[]): KindedRecord[] {
  return jobs
    .flatMap(({ job, entries }) =>
      entries.map((told, index) => ({ ...told, opens: index === 0 ? job : null })),
    )
    .sort((a, b) => a.atMs - b.atMs)
    .flatMap(({ opens, entry, attachments }): KindedRecord[] => [
      ...(opens === null ? [] : [{ kind: 'job', record: opens } as const]),
      { kind: 'entry', record: entry },
      ...attachments.map((record): KindedRecord => ({ kind: 'attachment', record })),
    ]);
}

type Versions = ReadonlyMap<string, number>;

/** Everyone has read everything, but for what happened today on jobs that say so. */
function readMarks(jobs: readonly PlannedToldJob[], versions: Versions): KindedRecord[] {
  return jobs.flatMap(({ job, plan, entries, entriesBeforeToday }) =>
    (Object.keys(colleagues) as MemberKey[]).flatMap((key): KindedRecord[] => {
      const memberId = colleagues[key].id;
      const unread = plan.unreadFor?.includes(key) === true;
      const firstUnread = entries.findIndex(
        ({ entry }, index) =>
          (index >= entriesBeforeToday || entries.length === 1) && !isBy(entry, memberId),
      );
      const ownLast = entries.findLastIndex(({ entry }) => isBy(entry, memberId));
      const through = unread ? Math.max(firstUnread - 1, ownLast) : entries.length - 1;
      const readThroughVersion = versionOf(versions, entries[through]?.entry.id);
      if (readThroughVersion === 0) return [];
      return [
        {
          kind: 'read_mark',
          record: records.readMark.parse({
            id: readMarkId(memberId, job.id),
            memberId,
            jobId: job.id,
            readThroughVersion,
          }),
        },
      ];
    }),
  );
}

const isBy = (entry: Entry, memberId: string): boolean =>
  entry.author.kind === 'member' && entry.author.memberId === memberId;

/** Customers have opened their jobs when they wrote, and most of them later too; never after what is new today. */
function portalVisits(
  jobs: readonly PlannedToldJob[],
  versions: Versions,
  { random }: DemoOfficeSeed,
): KindedRecord[] {
  return jobs.flatMap(({ job, plan, entries, entriesBeforeToday }): KindedRecord[] => {
    const lastOwn = entries.findLastIndex(({ entry }) => entry.author.kind === 'customer');
    const lastOld = happens(random, 0.7) || plan.customer === 'anna' ? entriesBeforeToday - 1 : -1;
    const seen = entries[Math.max(lastOwn, lastOld)]?.entry;
    const pipeline = Object.values(pipelines).find((p) => p.pipeline.id === job.pipelineId);
    const stage = pipeline?.pipeline.stages.find(({ id }) => id === job.stageId);
    if (seen === undefined || stage?.visibleToCustomer !== true) return [];
    return [
      {
        kind: 'portal_visit',
        record: records.portalVisit.parse({
          id: portalVisitId(job.customerId, job.id),
          customerId: job.customerId,
          jobId: job.id,
          seenVersion: versionOf(versions, seen.id),
          seenAt: seen.arrivedAt,
        }),
      },
    ];
  });
}

const versionOf = (versions: Versions, id: string | undefined): number =>
  id === undefined ? 0 : (versions.get(id) ?? 0);
