import { readdir } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  buildDemoOffice,
  type DemoOffice,
} from '../../../sync-server/admin/demo-office/build-demo-office.ts';
import { seededRandom } from '../../../sync-server/admin/demo-office/chance.ts';
import {
  DEMO_FILES_FOLDER,
  type DemoFile,
  readDemoFiles,
} from '../../../sync-server/admin/demo-office/demo-files.ts';
import { DEMO_CUSTOMER_ID, DEMO_SIGN_INS } from '../../../sync-server/admin/demo-office/office.ts';
import { MEDIA_TYPES } from '../../../sync-server/protocol/blobs.ts';
import type { Entry } from '../../../sync-server/protocol/entries.ts';
import {
  type Job,
  type RecordKind,
  type RecordOf,
  recordSchemas,
} from '../../../sync-server/protocol/records.ts';
import { VARIABLES } from '../../../renderer/canned/variables.ts';
import { isVisibleTo } from '../../../sync-server/protocol/visibility.ts';

const NOW = Date.parse('2026-11-19T14:20:00.000Z');
const DAY_MS = 24 * 3_600_000;

let files: readonly DemoFile[];
let office: DemoOffice;

beforeAll(async () => {
  files = await readDemoFiles();
  office = build();
});

const build = ({ nowMs = NOW, seed = 2291, utcOffsetMinutes = 60 } = {}): DemoOffice =>
  buildDemoOffice({ nowMs, random: seededRandom(seed), utcOffsetMinutes, files });

function all<K extends RecordKind>(kind: K, of: DemoOffice = office): RecordOf<K>[] {
  return of.records.filter((one) => one.kind === kind).map((one) => one.record as RecordOf<K>);
}

const entriesOf = (job: Job): Entry[] => all('entry').filter((entry) => entry.jobId === job.id);

const textOf = (entry: Entry): string | null => (entry.kind === 'reply' ? entry.text : null);

const versionOf = (id: string): number =>
  office.records.findIndex(({ record }) => record.id === id) + 1;

function oneById<K extends RecordKind>(kind: K, id: string | null): RecordOf<K> {
  const found = all(kind).find((record) => record.id === id);
  if (found === undefined) throw new Error(`There is no ${kind} ${String(id)}.`);
  return found;
}

const pipelineOf = (job: Job) => oneById('pipeline', job.pipelineId);

describe('the demo office', () => {
  it('has the size of a real one', () => {
    expect(all('member')).toHaveLength(4);
    expect(all('pipeline')).toHaveLength(3);
    expect(all('customer')).toHaveLength(25);
    expect(all('job')).toHaveLength(40);
    expect(all('entry').length).toBeGreaterThan(1400);
    expect(all('entry').length).toBeLessThan(1650);
    expect(all('attachment').length).toBeGreaterThan(70);
    expect(all('attachment').length).toBeLessThan(140);
  });

  it('(C6) shares canned replies that show what they can do, and one of them is an admin’s own', () => {
    const replies = all('canned_reply');
    const own = replies.filter(({ ownerId }) => ownerId !== null);
    expect(replies.length - own.length).toBeGreaterThanOrEqual(5);
    expect(own.map(({ ownerId }) => oneById('member', ownerId).role)).toEqual(['admin']);
    expect(replies.some(({ files: theirs }) => theirs.length > 0)).toBe(true);
    const named = replies.flatMap(({ text }) => text.match(/\{[^}]*\}/g) ?? []);
    const known = Object.keys(VARIABLES).map((variable) => `{${variable}}`);
    expect(named.filter((one) => !known.includes(one))).toEqual([]);
  });

  it('holds records the protocol accepts, each id once', () => {
    for (const { kind, record } of office.records)
      expect(recordSchemas[kind].safeParse(record).error).toBeUndefined();
    const ids = office.records.map(({ kind, record }) => `${kind} ${record.id}`);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is the same for the same seed and moment, and another for another seed', () => {
    expect(build()).toEqual(office);
    expect(build({ seed: 7 })).not.toEqual(office);
  });

  it('can be told at any hour of any week', () => {
    for (let hour = 0; hour < 10; hour += 1) {
      const nowMs = NOW + hour * 17 * 3_600_000;
      const entries = all('entry', build({ nowMs, seed: hour, utcOffsetMinutes: -480 }));
      expect(entries.length).toBeGreaterThan(1400);
      for (const { writtenAt, arrivedAt } of entries) {
        expect(Date.parse(arrivedAt ?? '')).toBeLessThanOrEqual(nowMs);
        expect(Date.parse(writtenAt)).toBeLessThanOrEqual(Date.parse(arrivedAt ?? ''));
      }
    }
  });

  it('spans six months that end now, in order of arrival, mostly in office hours', () => {
    const arrivals = all('entry').map((entry) => Date.parse(entry.arrivedAt ?? ''));
    expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b));
    expect(NOW - Math.min(...arrivals)).toBeGreaterThan(170 * DAY_MS);
    expect(NOW - Math.min(...arrivals)).toBeLessThan(185 * DAY_MS);
    expect(NOW - Math.max(...arrivals)).toBeLessThan(DAY_MS / 24);
    const inHours = arrivals.filter((arrival) => {
      const local = new Date(arrival + 3_600_000);
      return local.getUTCHours() >= 7 && local.getUTCHours() < 18 && local.getUTCDay() % 6 !== 0;
    });
    expect(inHours.length / arrivals.length).toBeGreaterThan(0.9);
  });

  it('says nothing twice on a job, and hardly anything twice in the office', () => {
    for (const job of all('job')) {
      const texts = entriesOf(job).flatMap((entry) => textOf(entry) ?? []);
      expect(new Set(texts).size, job.title).toBe(texts.length);
    }
    const texts = all('entry').flatMap((entry) => textOf(entry) ?? []);
    expect(1 - new Set(texts).size / texts.length).toBeLessThan(0.15);
  });

  it('leaves no template unfilled', () => {
    for (const entry of all('entry')) expect(textOf(entry) ?? '').not.toMatch(/[{}@]|undefined/);
  });
});

describe('every reference of the demo office leads somewhere', () => {
  it('from jobs, entries and files', () => {
    for (const job of all('job')) {
      oneById('customer', job.customerId);
      if (job.assigneeId !== null) oneById('member', job.assigneeId);
      expect(pipelineOf(job).stages.map(({ id }) => id)).toContain(job.stageId);
    }
    for (const entry of all('entry')) {
      const job = oneById('job', entry.jobId);
      if (entry.author.kind === 'member') oneById('member', entry.author.memberId);
      else expect(entry.author.customerId).toBe(job.customerId);
      if (entry.kind === 'reply' || entry.kind === 'file')
        for (const id of entry.attachmentIds)
          expect(oneById('attachment', id).entryId).toBe(entry.id);
    }
    for (const file of all('attachment'))
      expect(files.map(({ blobId }) => blobId)).toContain(file.blobId);
  });

  it('from stage to stage and from value to value, up to where the job stands', () => {
    for (const job of all('job')) {
      let stageId: string | null = null;
      const form: Record<string, unknown> = {};
      for (const entry of entriesOf(job)) {
        if (entry.kind === 'status_change') {
          expect(entry.fromStageId).toBe(stageId);
          stageId = entry.toStageId;
        }
        if (entry.kind === 'form_save')
          for (const change of entry.changes) {
            expect(change.from).toBe(form[change.fieldId] ?? null);
            form[change.fieldId] = change.to;
          }
      }
      expect(stageId).toBe(job.stageId);
      expect(form).toEqual(job.form);
      expect(job.createdAt).toBe(entriesOf(job)[0]?.arrivedAt);
      expect(job.lastActivityAt).toBe(entriesOf(job).at(-1)?.arrivedAt);
    }
  });

  it('numbers jobs as they were opened', () => {
    const references = all('job').map((job) => Number(job.reference?.replace(/^#/, '')));
    expect(references).toEqual(references.toSorted((a, b) => a - b));
    expect(office.nextReference).toBe(Math.max(...references) + 1);
  });
});

describe('audience in the demo office', () => {
  it('[V1] follows the rules of the mutators', () => {
    for (const entry of all('entry')) {
      const { stages } = pipelineOf(oneById('job', entry.jobId));
      const shows = (id: string | null) =>
        id === null || stages.find((stage) => stage.id === id)?.visibleToCustomer === true;
      if (entry.author.kind === 'customer') expect(entry.audience).toBe('visible');
      if (entry.kind === 'form_save' || entry.kind === 'assignment')
        expect(entry.audience).toBe('internal');
      if (entry.kind === 'status_change')
        expect(entry.audience).toBe(
          shows(entry.fromStageId) && shows(entry.toStageId) ? 'visible' : 'internal',
        );
    }
    for (const file of all('attachment'))
      if (oneById('entry', file.entryId).audience === 'internal')
        expect(file.audience).toBe('internal');
  });

  it('lets customers write only where they can: in visible stages of pipelines that take replies', () => {
    for (const job of all('job')) {
      const pipeline = pipelineOf(job);
      let stageId: string = job.stageId;
      for (const entry of entriesOf(job)) {
        if (entry.kind === 'status_change') stageId = entry.toStageId;
        if (entry.author.kind !== 'customer') continue;
        expect(pipeline.customerCanReply).toBe(true);
        expect(pipeline.stages.find(({ id }) => id === stageId)?.visibleToCustomer).toBe(true);
        if (entry.kind === 'reply' && entry.attachmentIds.length > 0)
          expect(pipeline.customerCanUpload).toBe(true);
      }
    }
  });

  it('is internal for most and visible for a good part', () => {
    const visible = all('entry').filter((entry) => entry.audience === 'visible');
    expect(visible.length / all('entry').length).toBeGreaterThan(0.33);
    expect(visible.length / all('entry').length).toBeLessThan(0.47);
  });
});

describe('what is going on today', () => {
  it('has one job with 150 entries and more, and one with a single entry', () => {
    const lengths = all('job').map((job) => entriesOf(job).length);
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(150);
    expect(Math.min(...lengths)).toBe(1);
  });

  it.each(DEMO_SIGN_INS)(
    'leaves $name six unread jobs, customers’ words among them',
    ({ email }) => {
      const me = all('member').find((member) => member.email === email);
      const unread = all('job').map((job) => {
        const mark = all('read_mark').find(
          ({ memberId, jobId }) => memberId === me?.id && jobId === job.id,
        );
        return entriesOf(job).filter(
          ({ id, author }) =>
            versionOf(id) > (mark?.readThroughVersion ?? 0) &&
            !(author.kind === 'member' && author.memberId === me?.id),
        );
      });
      const jobs = unread.filter((entries) => entries.length > 0);
      expect(jobs).toHaveLength(6);
      expect(jobs.flat().some(({ author }) => author.kind === 'customer')).toBe(true);
    },
  );

  it('shows the demo customer two jobs, one with news, and hides the third', () => {
    const jobs = all('job').filter((job) => job.customerId === DEMO_CUSTOMER_ID);
    const viewer = {
      kind: 'customer',
      customerId: oneById('customer', DEMO_CUSTOMER_ID).id,
    } as const;
    const shown = jobs.filter((job) =>
      isVisibleTo(viewer, { kind: 'job', at: { job, pipeline: pipelineOf(job) } }),
    );
    const withNews = shown.filter((job) => {
      const visit = all('portal_visit').find(({ jobId }) => jobId === job.id);
      return entriesOf(job).some(
        (entry) =>
          entry.author.kind === 'member' &&
          versionOf(entry.id) > (visit?.seenVersion ?? 0) &&
          isVisibleTo(viewer, { kind: 'entry', entry, at: { job, pipeline: pipelineOf(job) } }),
      );
    });
    expect(jobs).toHaveLength(3);
    expect(shown).toHaveLength(2);
    expect(withNews).toHaveLength(1);
  });

  it('never offers what is private to members, or a job in an internal stage, as seen by a customer', () => {
    for (const visit of all('portal_visit')) {
      const job = oneById('job', visit.jobId);
      expect(visit.customerId).toBe(job.customerId);
      expect(visit.seenVersion).toBeLessThanOrEqual(versionOf(entriesOf(job).at(-1)?.id ?? ''));
    }
  });
});

describe('the demo files', () => {
  it('cover every supported type but HEIF by another brand', () => {
    const types = new Set(files.map(({ mediaType }) => mediaType));
    expect([...types].toSorted()).toEqual(
      Object.keys(MEDIA_TYPES)
        .filter((type) => type !== 'image/heif')
        .toSorted(),
    );
  });

  it('are what they are said to be, by their content', async () => {
    const undetectable = ['application/msword', 'application/vnd.ms-excel', 'text/plain'];
    for (const { path, mediaType } of files) {
      const sniffed = await fileTypeFromFile(`${DEMO_FILES_FOLDER}/${path}`);
      if (!undetectable.includes(mediaType)) expect(sniffed?.mime, path).toBe(mediaType);
    }
  });

  it('are small, and none lies there for nothing', async () => {
    expect(files.map(({ path }) => path).toSorted()).toEqual(
      (await readdir(DEMO_FILES_FOLDER)).toSorted(),
    );
    for (const { path, sizeBytes } of files) expect(sizeBytes, path).toBeLessThan(160_000);
    const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(total).toBeLessThan(2_500_000);
  });
});
