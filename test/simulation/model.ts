// The oracle: what the server must hold and what each customer must see, worked out from what was sent and which of it the
// server says it applied, in plain lists and without any of the product's own lines.

import type { MutationArgs, MutationName } from '../../sync-server/protocol/mutations.ts';
import type { Job, KindedRecord, Pipeline } from '../../sync-server/protocol/records.ts';

export interface ModelEntry {
  readonly id: string;
  readonly jobId: string;
  readonly kind: 'reply' | 'status_change' | 'form_save' | 'assignment' | 'unapplied';
  readonly audience: 'internal' | 'visible';
  /** A member's or a customer's id. */
  readonly authorId: string;
  readonly text: string;
  readonly fromStageId: string | null;
  readonly toStageId: string;
  readonly version: number;
}

interface ModelJob {
  readonly id: string;
  readonly customerId: string;
  readonly pipelineId: string;
  stageId: string;
  assigneeId: string | null;
  readonly form: Map<string, unknown>;
}

/** Something a customer reads on a job's page. */
export type VisibleThing =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'stage'; readonly name: string };

export interface AppliedMutation {
  readonly name: MutationName;
  readonly args: unknown;
  readonly authorId: string;
  readonly version: number;
}

/** What the server last said to each mutation it has settled. */
export type SettledKind = 'applied' | 'refused' | 'conflicted' | 'held';

export class Model {
  readonly pipelines = new Map<string, Pipeline>();
  readonly jobs = new Map<string, ModelJob>();
  readonly customerIds = new Set<string>();
  readonly entries: ModelEntry[] = [];
  readonly settled = new Map<string, SettledKind>();
  readonly readMarks = new Map<string, number>();
  head = 0;

  /** What the office begins with: record k stands at version k. */
  open(records: readonly KindedRecord[]): void {
    for (const [index, { kind, record }] of records.entries()) {
      if (kind === 'pipeline') this.pipelines.set(record.id, record);
      if (kind === 'customer') this.customerIds.add(record.id);
      if (kind === 'job') this.#addJob(record);
      if (kind !== 'entry' || record.kind !== 'status_change') continue;
      const { id, jobId, audience, author, toStageId, toName } = record;
      this.entries.push({
        id,
        jobId,
        kind: record.kind,
        audience,
        authorId: author.kind === 'member' ? author.memberId : author.customerId,
        text: toName,
        fromStageId: null,
        toStageId,
        version: index + 1,
      });
    }
    this.head = records.length;
  }

  /** What a backup taken now would bring back. */
  copy(): Model {
    const copy = new Model();
    for (const [id, pipeline] of this.pipelines) copy.pipelines.set(id, pipeline);
    for (const [id, job] of this.jobs) copy.jobs.set(id, { ...job, form: new Map(job.form) });
    for (const id of this.customerIds) copy.customerIds.add(id);
    copy.entries.push(...this.entries);
    for (const [id, kind] of this.settled) copy.settled.set(id, kind);
    for (const [id, through] of this.readMarks) copy.readMarks.set(id, through);
    copy.head = this.head;
    return copy;
  }

  /** A mutation the server says took effect. */
  apply(mutation: AppliedMutation): void {
    switch (mutation.name) {
      case 'create_customer':
        this.customerIds.add((mutation.args as MutationArgs<'create_customer'>).customerId);
        break;
      case 'create_job':
        this.#createJob(mutation, mutation.args as MutationArgs<'create_job'>);
        break;
      case 'post_entry': {
        const { jobId, entryId, audience, text } = mutation.args as MutationArgs<'post_entry'>;
        this.#log(mutation, { id: entryId, jobId, kind: 'reply', audience, text });
        break;
      }
      case 'change_stage':
        this.#changeStage(mutation, mutation.args as MutationArgs<'change_stage'>);
        break;
      case 'save_form':
        this.#saveForm(mutation, mutation.args as MutationArgs<'save_form'>);
        break;
      case 'assign_job': {
        const { jobId, entryId, toMemberId } = mutation.args as MutationArgs<'assign_job'>;
        this.#job(jobId).assigneeId = toMemberId;
        this.#log(mutation, { id: entryId, jobId, kind: 'assignment', audience: 'internal' });
        break;
      }
      case 'mark_read': {
        const { jobId, throughVersion } = mutation.args as MutationArgs<'mark_read'>;
        this.readMarks.set(`${mutation.authorId}:${jobId}`, throughVersion);
        break;
      }
      case 'customer_reply': {
        const { jobId, entryId, text } = mutation.args as MutationArgs<'customer_reply'>;
        this.#log(mutation, { id: entryId, jobId, kind: 'reply', audience: 'visible', text });
        break;
      }
      case 'customer_enter':
      case 'customer_notifications':
      case 'customer_visit':
      case 'create_portal_link':
      case 'mail_portal_link':
      case 'revoke_portal_links':
      case 'update_customer':
      case 'create_pipeline':
      case 'update_pipeline':
      case 'order_pipelines':
      case 'delete_customer':
      case 'remove_pipeline':
      case 'update_workspace':
      case 'set_follow':
      case 'set_bell_scope':
      case 'attach_renditions':
      // The simulated customers send no files and fill in nothing.
      case 'customer_upload':
      case 'customer_save_form':
        break;
      case 'change_file_audience':
      case 'rename_file':
      case 'withdraw_file':
      case 'redact_file':
      case 'withdraw_entry':
      case 'redact_entry':
        throw new Error('Nobody in the simulation does this yet.');
    }
  }

  /** A wish the server says met something newer: nothing changes but the feed, which keeps it for the team. (H5) */
  keepWish(mutationId: string, mutation: AppliedMutation): void {
    const { jobId } = mutation.args as MutationArgs<'change_stage' | 'assign_job' | 'save_form'>;
    this.#log(mutation, { id: mutationId, jobId, kind: 'unapplied', audience: 'internal' });
  }

  /** Why this should not have been applied: what a person had not seen must not be overwritten or written past. (C5, H5) */
  objectionTo({ name, args, authorId }: Omit<AppliedMutation, 'version'>): string | undefined {
    if (name === 'post_entry') {
      const post = args as MutationArgs<'post_entry'>;
      const isForCustomer = post.audience === 'visible';
      return isForCustomer && this.#hasNews(post, authorId) ? 'its job had moved on' : undefined;
    }
    if (name === 'change_stage') {
      const { jobId, fromStageId } = args as MutationArgs<'change_stage'>;
      return this.#job(jobId).stageId === fromStageId ? undefined : 'another stage stood';
    }
    if (name === 'assign_job') {
      const { jobId, fromMemberId } = args as MutationArgs<'assign_job'>;
      return this.#job(jobId).assigneeId === fromMemberId ? undefined : 'somebody else had it';
    }
    if (name !== 'save_form') return undefined;
    const { jobId, changes } = args as MutationArgs<'save_form'>;
    const { form } = this.#job(jobId);
    const isOver = changes.some(({ fieldId, from, to }) => {
      const stands = form.get(fieldId) ?? null;
      return stands !== from && stands !== to;
    });
    return isOver ? 'another value stood' : undefined;
  }

  /** What others wrote on a job that is not among what an author has seen. [P6] */
  unseenBy(authorId: string, jobId: string, seen: ReadonlySet<string>): ModelEntry | undefined {
    return this.#byOthers(authorId, jobId).find(({ id }) => !seen.has(id));
  }

  /** Whether a reply that was held had to be. [P6] */
  hasNewsFor(args: unknown, authorId: string): boolean {
    return this.#hasNews(args as MutationArgs<'post_entry'>, authorId);
  }

  /** Oldest first; undefined where the customer must not even know of the job. */
  visibleTo(customerId: string, jobId: string): readonly VisibleThing[] | undefined {
    const job = this.jobs.get(jobId);
    if (job?.customerId !== customerId || !this.#isPublic(job, job.stageId)) return undefined;
    return this.entries
      .filter((entry) => entry.jobId === jobId && entry.audience === 'visible')
      .flatMap((entry): VisibleThing[] => {
        if (entry.kind === 'reply') return [{ kind: 'message', text: entry.text }];
        const { fromStageId, toStageId } = entry;
        const isShown =
          this.#isPublic(job, toStageId) &&
          (fromStageId === null || this.#isPublic(job, fromStageId));
        // A stage is called on the page what it was called when the job came there.
        return isShown ? [{ kind: 'stage', name: entry.text }] : [];
      });
  }

  jobsVisibleTo(customerId: string): readonly string[] {
    return [...this.jobs.keys()].filter((jobId) => this.visibleTo(customerId, jobId) !== undefined);
  }

  isStagePublic(pipelineId: string, stageId: string): boolean {
    const stages = this.pipelines.get(pipelineId)?.stages ?? [];
    return stages.some((stage) => stage.id === stageId && stage.visibleToCustomer);
  }

  #hasNews({ jobId, seenVersion }: MutationArgs<'post_entry'>, authorId: string): boolean {
    return this.#byOthers(authorId, jobId).some(({ version }) => version > seenVersion);
  }

  /** What is news to an author: that others replied, or moved the job. */
  #byOthers(authorId: string, jobId: string): readonly ModelEntry[] {
    return this.entries.filter(
      (entry) =>
        entry.jobId === jobId &&
        entry.authorId !== authorId &&
        (entry.kind === 'reply' || entry.kind === 'status_change'),
    );
  }

  #isPublic(job: ModelJob, stageId: string): boolean {
    return this.isStagePublic(job.pipelineId, stageId);
  }

  #createJob(mutation: AppliedMutation, args: MutationArgs<'create_job'>): void {
    const { jobId, entryId, customerId, pipelineId, stageId, assigneeId } = args;
    this.#addJob({ id: jobId, customerId, pipelineId, stageId, assigneeId });
    const audience = this.isStagePublic(pipelineId, stageId) ? 'visible' : 'internal';
    const text = this.#stageName(pipelineId, stageId);
    const toStageId = stageId;
    this.#log(mutation, { id: entryId, jobId, kind: 'status_change', audience, text, toStageId });
  }

  #changeStage(mutation: AppliedMutation, args: MutationArgs<'change_stage'>): void {
    const { jobId, entryId, fromStageId, toStageId } = args;
    const job = this.#job(jobId);
    const isPublic = this.#isPublic(job, job.stageId) && this.#isPublic(job, toStageId);
    job.stageId = toStageId;
    this.#log(mutation, {
      id: entryId,
      jobId,
      kind: 'status_change',
      audience: isPublic ? 'visible' : 'internal',
      text: this.#stageName(job.pipelineId, toStageId),
      fromStageId,
      toStageId,
    });
  }

  #saveForm(mutation: AppliedMutation, args: MutationArgs<'save_form'>): void {
    const { jobId, entryId, changes } = args;
    const job = this.#job(jobId);
    for (const { fieldId, to } of changes) job.form.set(fieldId, to);
    this.#log(mutation, { id: entryId, jobId, kind: 'form_save', audience: 'internal' });
  }

  #log(
    { authorId, version }: AppliedMutation,
    entry: Pick<ModelEntry, 'id' | 'jobId' | 'kind' | 'audience'> & Partial<ModelEntry>,
  ): void {
    const rest = { text: '', fromStageId: null, toStageId: '' };
    this.entries.push({ ...rest, ...entry, authorId, version });
  }

  #addJob(job: Pick<Job, 'id' | 'customerId' | 'pipelineId' | 'stageId' | 'assigneeId'>): void {
    const { id, customerId, pipelineId, stageId, assigneeId } = job;
    const form = new Map<string, unknown>();
    this.jobs.set(id, { id, customerId, pipelineId, stageId, assigneeId, form });
  }

  #job(jobId: string): ModelJob {
    const job = this.jobs.get(jobId);
    if (job === undefined) throw new Error(`The model does not know job ${jobId}.`);
    return job;
  }

  #stageName(pipelineId: string, stageId: string): string {
    const stages = this.pipelines.get(pipelineId)?.stages ?? [];
    return stages.find((stage) => stage.id === stageId)?.name ?? '';
  }
}
