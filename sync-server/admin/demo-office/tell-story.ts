// Turns a job's scheduled steps into its records: one entry a step, as the mutators would have written them.

import type { Attachment, Author, Entry } from '../../protocol/entries.ts';
import type { Job } from '../../protocol/records.ts';
import type { Audience, FieldValue } from '../../protocol/values.ts';
import * as entries from '../../protocol/entries.ts';
import * as records from '../../protocol/records.ts';
import { isStageVisible } from '../../protocol/visibility.ts';
import { type AttachTo, type FileShelf, paintOf } from './attach-files.ts';
import { between, happens, type Random, seededId } from './chance.ts';
import { formValue } from './form-values.ts';
import { fromCustomer, fromOffice, upperFirst } from './letters.ts';
import type { TodayStep } from './job-plan.ts';
import type { OfficeHours } from './office-hours.ts';
import { colleagues, type MemberKey } from './office.ts';
import { type DemoCustomer, customers } from './people.ts';
import { type Facts, fillIn, type Moment } from './phrase.ts';
import type { Phrasebook } from './phrasebook.ts';
import { fieldNamed, pipelines, stageNamed } from './pipelines.ts';
import type { Scheduled, ScheduledJob } from './schedule.ts';
import type { Step, Topic, Voice } from './story.ts';

export interface ToldJob {
  readonly job: Job;
  /** In order of arrival. */
  readonly entries: readonly ToldEntry[];
  /** How many of them were told before `today` began. */
  readonly entriesBeforeToday: number;
}

export interface ToldEntry {
  readonly entry: Entry;
  readonly attachments: readonly Attachment[];
  readonly atMs: number;
}

export interface Telling {
  readonly random: Random;
  readonly hours: OfficeHours;
  readonly phrasebook: Phrasebook;
  readonly shelf: FileShelf;
  readonly reference: string;
  readonly facts: Facts;
}

/** Texts that speak of something attached must have it; others may. */
const SPEAKS_OF_FILES = /attach|here you go|here are|here is our|two pictures|this is all i have/i;
const FILE_CHANCE = 0.12;
const OFFLINE_CHANCE = 0.05;

type Saying = Extract<Step, { kind: 'say' }>;

interface Act {
  readonly by: MemberKey | 'customer';
  readonly audience: Audience;
  readonly atMs: number;
}

interface Enclosed {
  readonly topics?: readonly Topic[];
  readonly named?: readonly string[];
  readonly isPromised?: boolean;
}

export const tellJob = (scheduled: ScheduledJob, telling: Telling): ToldJob =>
  new Teller(scheduled, telling).tell();

class Teller {
  readonly #scheduled: ScheduledJob;
  readonly #telling: Telling;
  readonly #customer: DemoCustomer;
  readonly #jobId: string;
  readonly #texts = new Set<string>();
  readonly #entries: ToldEntry[] = [];
  readonly #form: Record<string, FieldValue> = {};
  #stage: string;
  #lead: MemberKey;
  #assignee: MemberKey;
  #lastMs = 0;

  constructor(scheduled: ScheduledJob, telling: Telling) {
    const { pipeline, plan, happenings } = scheduled;
    const customer = customers.get(plan.customer);
    if (customer === undefined) throw new Error(`“${plan.title}” has an unknown customer.`);
    this.#scheduled = scheduled;
    this.#telling = telling;
    this.#customer = customer;
    this.#jobId = seededId(telling.random, happenings[0]?.atMs ?? 0);
    this.#stage = [...pipelines[pipeline].stages.keys()][0] ?? '';
    this.#lead = plan.lead;
    this.#assignee = plan.lead;
  }

  tell(): ToldJob {
    const { happenings, pipeline, plan } = this.#scheduled;
    let entriesBeforeToday = 0;
    for (const happening of happenings) {
      this.#tellOne(happening);
      if (happening.kind !== 'today') entriesBeforeToday = this.#entries.length;
    }
    const first = this.#entries[0];
    const last = this.#entries.at(-1);
    const job = records.job.parse({
      id: this.#jobId,
      reference: `#${this.#telling.reference}`,
      title: plan.title,
      customerId: this.#customer.record.id,
      pipelineId: pipelines[pipeline].pipeline.id,
      stageId: stageNamed(pipeline, this.#stage).id,
      assigneeId: colleagues[this.#assignee].id,
      form: this.#form,
      createdAt: first?.entry.arrivedAt,
      lastActivityAt: last?.entry.arrivedAt,
    });
    return { job, entries: this.#entries, entriesBeforeToday };
  }

  #tellOne(happening: Scheduled): void {
    // Two things never arrive at the same moment.
    const atMs = Math.max(happening.atMs, this.#lastMs + 1500);
    if (happening.kind === 'created') return this.#move(null, this.#stage, this.#lead, atMs);
    if (happening.kind === 'today') return this.#tellToday(happening.step, atMs);
    const { step } = happening;
    if (step.kind === 'move') return this.#move(this.#stage, step.to, this.#member(step.by), atMs);
    this.#tellStep(step, atMs);
  }

  #tellToday(step: TodayStep, atMs: number): void {
    if (step.kind === 'move') {
      if (step.by === 'customer') throw new Error('A customer never moves a job.');
      return this.#move(this.#stage, step.to, step.by, atMs);
    }
    this.#texts.add(step.text);
    this.#add(
      { ...step, atMs },
      (attachmentIds) => ({ kind: 'reply', text: step.text, attachmentIds }),
      { named: step.files ?? [] },
    );
  }

  #tellStep(step: Step, atMs: number): void {
    switch (step.kind) {
      case 'move':
        return;
      case 'assign':
        return this.#assign(this.#member(step.to), this.#member(step.by), atMs);
      case 'fill':
        return this.#fill(step.fields, this.#member(step.by), atMs);
      case 'files':
        return this.#add(
          { by: this.#member(step.by), audience: step.audience, atMs },
          (attachmentIds) => (attachmentIds.length === 0 ? null : { kind: 'file', attachmentIds }),
          { topics: step.topics },
        );
      case 'say':
        return this.#say(step, atMs);
    }
  }

  #say(step: Saying, atMs: number): void {
    const text = this.#text(step, atMs);
    const by = step.by === 'customer' ? 'customer' : this.#member(step.by);
    const isPromised = SPEAKS_OF_FILES.test(text);
    const mayEnclose =
      by !== 'customer' || pipelines[this.#scheduled.pipeline].pipeline.customerCanUpload;
    const encloses = mayEnclose && (isPromised || happens(this.#telling.random, FILE_CHANCE));
    this.#add(
      { by, audience: step.audience, atMs },
      (attachmentIds) => ({ kind: 'reply', text, attachmentIds }),
      { topics: encloses ? step.topics : [], isPromised },
    );
  }

  #move(from: string | null, to: string, by: MemberKey, atMs: number): void {
    const { pipeline } = this.#scheduled;
    const fromStage = from === null ? null : stageNamed(pipeline, from);
    const toStage = stageNamed(pipeline, to);
    const isPublic =
      isStageVisible(pipelines[pipeline].pipeline, toStage.id) &&
      fromStage?.visibleToCustomer !== false;
    this.#stage = to;
    this.#add({ by, audience: isPublic ? 'visible' : 'internal', atMs }, () => ({
      kind: 'status_change',
      fromStageId: fromStage?.id ?? null,
      fromName: fromStage?.name ?? null,
      toStageId: toStage.id,
      toName: toStage.name,
    }));
  }

  #assign(to: MemberKey, by: MemberKey, atMs: number): void {
    if (to === this.#assignee) return;
    const from = this.#assignee;
    this.#assignee = to;
    if (to === 'mara' || to === 'jonas') this.#lead = to;
    this.#add({ by, audience: 'internal', atMs }, () => ({
      kind: 'assignment',
      fromMemberId: colleagues[from].id,
      toMemberId: colleagues[to].id,
    }));
  }

  #fill(keys: readonly string[], by: MemberKey, atMs: number): void {
    const { pipeline, plan } = this.#scheduled;
    const { facts, random } = this.#telling;
    const changes = keys.flatMap((key) => {
      const field = fieldNamed(pipeline, key);
      const stands = this.#form[field.id] ?? null;
      const to = formValue(key, { plan, facts, moment: this.#moment(atMs), stands }, random);
      if (to === stands) return [];
      this.#form[field.id] = to;
      return [{ fieldId: field.id, label: field.label, from: stands, to }];
    });
    if (changes.length > 0)
      this.#add({ by, audience: 'internal', atMs }, () => ({ kind: 'form_save', changes }));
  }

  /** `body` gets the ids of the files that were taken and may answer null: then nothing happened. */
  #add(
    { by, audience, atMs }: Act,
    body: (attachmentIds: readonly string[]) => object | null,
    { topics = [], named = [], isPromised = false }: Enclosed = {},
  ): void {
    const { random, reference, shelf } = this.#telling;
    const { plan } = this.#scheduled;
    const author = this.#author(by);
    const writtenMs = atMs - this.#delayMs(by, atMs);
    const id = seededId(random, writtenMs);
    const to: AttachTo = {
      entryId: id,
      jobId: this.#jobId,
      audience,
      author,
      atMs: writtenMs,
      plate: plan.plate,
      paint: paintOf(plan.colour),
      reference,
      byCustomer: by === 'customer',
      isPromised,
    };
    const attachments = [...shelf.attachNamed(named, to), ...shelf.attach(topics, to)];
    const parts = body(attachments.map((file) => file.id));
    if (parts === null) return;
    const entry = entries.entry.parse({
      id,
      jobId: this.#jobId,
      audience,
      author,
      writtenAt: new Date(writtenMs).toISOString(),
      arrivedAt: new Date(atMs).toISOString(),
      ...parts,
    });
    this.#entries.push({ entry, attachments, atMs });
    this.#lastMs = atMs;
  }

  /** Mostly a breath; sometimes the tablet at the far end of the yard had no network. */
  #delayMs(by: MemberKey | 'customer', atMs: number): number {
    const { random } = this.#telling;
    const breath = between(random, 240, 1400);
    const sinceLast = atMs - this.#lastMs;
    const isOffline = (by === 'henrik' || by === 'selin') && happens(random, OFFLINE_CHANCE);
    if (!isOffline || this.#lastMs === 0 || sinceLast < 20 * 60_000) return breath;
    return Math.min(between(random, 4, 90) * 60_000, sinceLast - 5 * 60_000);
  }

  #text(step: Saying, atMs: number): string {
    const { facts, hours, phrasebook, random } = this.#telling;
    const moment = this.#moment(atMs);
    const member = colleagues[this.#lead].name;
    const people = {
      member: { first: first(member), full: member },
      customer: this.#customer,
      hour: Math.floor((atMs - hours.midnight(atMs)) / 3_600_000),
    };
    const everything = {
      ...facts,
      lead: first(member),
      other: first(colleagues[this.#member('other')].name),
    };
    return phrasebook.choose(
      step.variants,
      (variant) => {
        const body = fillIn(variant, everything, moment, random);
        if (step.by === 'customer') return fromCustomer(body, people, random);
        return step.audience === 'visible' ? fromOffice(body, people, random) : upperFirst(body);
      },
      this.#texts,
    );
  }

  #author(by: MemberKey | 'customer'): Author {
    return by === 'customer'
      ? { kind: 'customer', customerId: this.#customer.record.id }
      : { kind: 'member', memberId: colleagues[by].id };
  }

  #member(voice: Voice): MemberKey {
    switch (voice) {
      case 'lead':
        return this.#lead;
      case 'other':
        return this.#lead === 'mara' ? 'jonas' : 'mara';
      case 'workshop':
        return 'henrik';
      case 'parts':
        return 'selin';
      case 'customer':
        throw new Error('A customer is not a member.');
    }
  }

  #moment(atMs: number): Moment {
    return { atMs, hours: this.#telling.hours };
  }
}

const first = (name: string): string => name.split(' ')[0] ?? name;
