// The oracle: what the server must hold and what each customer must see, worked out from what was sent and which of it the
// server says it applied, in plain lists and without any of the product's own lines.

import type { MutationArgs, MutationName } from '../../sync-server/protocol/mutations.ts';
import type { Job, KindedRecord, Pipeline } from '../../sync-server/protocol/records.ts';
import type { ModelEntry, ModelJob } from './model-job.ts';
import { ModelBell } from './model-bell.ts';
import { ModelCannedReplies } from './model-canned.ts';
import { type ModelFile, ModelFiles } from './model-files.ts';
import { ModelMails } from './model-mails.ts';
import { type ModelReply, ModelScheduled } from './model-scheduled.ts';

/** Something a customer reads on a job's page. */
export type VisibleThing =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'stage'; readonly name: string };

export interface AppliedMutation {
  readonly name: MutationName;
  readonly args: unknown;
  readonly authorId: string;
  readonly version: number;
}

/** What the server last said to each mutation it has settled. */
export type SettledKind = 'applied' | 'refused' | 'conflicted' | 'held';

function isShown({ audience, undone }: ModelEntry): boolean {
  return audience === 'visible' && undone === null;
}

export class Model {
  readonly pipelines = new Map<string, Pipeline>();
  readonly jobs = new Map<string, ModelJob>();
  readonly customerIds = new Set<string>();
  entries: ModelEntry[] = [];
  readonly settled = new Map<string, SettledKind>();
  readonly readMarks = new Map<string, number>();
  files = new ModelFiles();
  /** Customers and jobs that were deleted. [O2] */
  readonly gone = new Set<string>();
  mails = new ModelMails();
  scheduled = new ModelScheduled();
  bell = new ModelBell();
  canned = new ModelCannedReplies();
  head = 0;

  /** What the office begins with: record k stands at version k. */
  open(records: readonly KindedRecord[]): void {
    for (const [index, { kind, record }] of records.entries()) {
      if (kind === 'pipeline') this.pipelines.set(record.id, record);
      if (kind === 'member') this.bell.join(record.id, index + 1);
      if (kind === 'customer') {
        this.customerIds.add(record.id);
        this.mails.put(record);
      }
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
        earlier: [],
        fileId: '',
        undone: null,
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
    copy.files = this.files.copy();
    for (const id of this.gone) copy.gone.add(id);
    copy.mails = this.mails.copy();
    copy.scheduled = this.scheduled.copy();
    copy.bell = this.bell.copy();
    copy.canned = this.canned.copy();
    copy.head = this.head;
    return copy;
  }

  /** A mutation the server says took effect. */
  apply(mutation: AppliedMutation): void {
    switch (mutation.name) {
      case 'create_customer': {
        const { customerId, emails } = mutation.args as MutationArgs<'create_customer'>;
        this.customerIds.add(customerId);
        this.mails.put({ id: customerId, emails, notifyOnReplies: true });
        break;
      }
      case 'delete_customer':
        this.#deleteCustomer((mutation.args as MutationArgs<'delete_customer'>).customerId);
        break;
      case 'create_job':
        this.#createJob(mutation, mutation.args as MutationArgs<'create_job'>);
        break;
      case 'post_entry': {
        const post = mutation.args as MutationArgs<'post_entry'>;
        const { jobId, entryId, audience, text } = post;
        const kind = text === '' ? 'file' : 'reply';
        this.#log(mutation, { id: entryId, jobId, kind, audience, text });
        this.files.post(post);
        this.canned.posted(post.attachments.map(({ blobId }) => blobId));
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
      case 'rename_job': {
        const { jobId, entryId, toTitle } = mutation.args as MutationArgs<'rename_job'>;
        this.#job(jobId).title = toTitle;
        this.#logJobChange(mutation, { jobId, entryId }, 'title');
        break;
      }
      case 'change_job_customer': {
        const act = mutation.args as MutationArgs<'change_job_customer'>;
        this.#job(act.jobId).customerId = act.toCustomerId;
        this.#logJobChange(mutation, act, 'customer');
        break;
      }
      case 'move_job': {
        const act = mutation.args as MutationArgs<'move_job'>;
        const { jobId, entryId, fromStageId, toStageId } = act;
        const kind = 'status_change';
        Object.assign(this.#job(jobId), { pipelineId: act.toPipelineId, stageId: toStageId });
        const stages = { fromStageId, toStageId };
        this.#log(mutation, { id: entryId, jobId, kind, audience: 'internal', ...stages });
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
      case 'set_follow': {
        const { jobId, state } = mutation.args as MutationArgs<'set_follow'>;
        this.bell.follow(mutation.authorId, jobId, state);
        break;
      }
      case 'set_bell_scope': {
        const { bellScope } = mutation.args as MutationArgs<'set_bell_scope'>;
        this.bell.setScope(mutation.authorId, bellScope);
        break;
      }
      case 'create_canned_reply':
        this.canned.create(mutation.authorId, mutation.args as MutationArgs<'create_canned_reply'>);
        break;
      case 'update_canned_reply':
        this.canned.update(mutation.args as MutationArgs<'update_canned_reply'>);
        break;
      case 'move_canned_reply':
        this.canned.move(mutation.authorId, mutation.args as MutationArgs<'move_canned_reply'>);
        break;
      case 'delete_canned_reply':
        this.canned.delete((mutation.args as MutationArgs<'delete_canned_reply'>).cannedReplyId);
        break;
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
      case 'remove_pipeline':
      case 'update_workspace':
      case 'attach_renditions':
      // What became of these depends on when: scheduled-watch tells.
      case 'schedule_reply':
      case 'change_scheduled_reply':
      case 'end_scheduled_reply':
      // The simulated customers send no files and fill in nothing.
      case 'customer_upload':
      case 'customer_save_form':
        break;
      case 'change_file_audience': {
        const act = mutation.args as MutationArgs<'change_file_audience'>;
        const { attachmentId, audience } = act;
        this.files.change(attachmentId, { audience });
        this.#logFileChange(mutation, act, audience);
        break;
      }
      case 'rename_file': {
        const act = mutation.args as MutationArgs<'rename_file'>;
        this.files.change(act.attachmentId, { name: act.toName });
        this.#logFileChange(mutation, act, 'internal');
        break;
      }
      case 'withdraw_file': {
        const act = mutation.args as MutationArgs<'withdraw_file'>;
        this.files.change(act.attachmentId, { isWithdrawn: true });
        this.#logFileChange(mutation, act, 'internal');
        break;
      }
      case 'redact_file': {
        const act = mutation.args as MutationArgs<'redact_file'>;
        this.files.remove(act.attachmentId);
        this.#logFileChange(mutation, act, 'internal');
        break;
      }
      case 'withdraw_entry': {
        const { entryId } = mutation.args as MutationArgs<'withdraw_entry'>;
        this.#undo(entryId, { undone: 'withdrawn' });
        break;
      }
      case 'redact_entry': {
        const { entryId } = mutation.args as MutationArgs<'redact_entry'>;
        this.#undo(entryId, { undone: 'redacted', text: '', earlier: [] });
        break;
      }
      case 'edit_entry': {
        const { entryId, text } = mutation.args as MutationArgs<'edit_entry'>;
        const entry = this.#entry(entryId);
        this.#change(entryId, { text, earlier: [...entry.earlier, entry.text] });
        break;
      }
    }
  }

  /** A scheduled reply became an entry, in the name of who wrote it. (C8) */
  postScheduled(
    { id, jobId, authorId, text, attachments }: ModelReply,
    { audience, version }: { audience: ModelEntry['audience']; version: number },
  ): void {
    const args = {
      jobId,
      entryId: id,
      text,
      audience,
      seenVersion: 0,
    } as MutationArgs<'post_entry'>;
    const isNote = audience === 'internal';
    const files = attachments.map((file) => (isNote ? { ...file, audience } : file));
    this.apply({ name: 'post_entry', args: { ...args, attachments: files }, authorId, version });
  }

  /**
   * A wish the server says met something newer: nothing changes but the feed, which keeps it for the team, and of a form what
   * nobody else had changed. (H5)
   */
  keepWish(mutationId: string, mutation: AppliedMutation): void {
    if (mutation.name === 'save_form') this.#saveRest(mutation);
    const { jobId } = mutation.args as MutationArgs<'assign_job'>;
    this.#log(mutation, { id: mutationId, jobId, kind: 'unapplied', audience: 'internal' });
  }

  /** Oldest first; undefined where the customer must not even know of the job. */
  visibleTo(customerId: string, jobId: string): readonly VisibleThing[] | undefined {
    const job = this.jobs.get(jobId);
    if (job?.customerId !== customerId || !this.#isPublic(job, job.stageId)) return undefined;
    const filesOf = this.#filesByPlace(jobId);
    return this.entries
      .filter((entry) => entry.jobId === jobId)
      .flatMap((entry): VisibleThing[] => {
        // A file that may be had stands where it was given, whatever else stands there; by itself, in the order of ids.
        const found = filesOf.get(entry.id) ?? [];
        const inOrder = isShown(entry) ? found : found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        const files = inOrder.map(({ name }) => ({ kind: 'file', name }) as const);
        if (!isShown(entry)) return files;
        if (entry.kind === 'reply') return [{ kind: 'message', text: entry.text }, ...files];
        if (entry.kind !== 'status_change') return files;
        const { fromStageId, toStageId } = entry;
        const isPublic =
          this.#isPublic(job, toStageId) &&
          (fromStageId === null || this.#isPublic(job, fromStageId));
        // A stage is called on the page what it was called when the job came there.
        return isPublic ? [{ kind: 'stage', name: entry.text }] : [];
      });
  }

  /** A file made visible later stands at the act that last did so, every other one at its post. */
  #filesByPlace(jobId: string): ReadonlyMap<string, readonly ModelFile[]> {
    const given = new Map<string, string>();
    for (const entry of this.entries)
      if (entry.kind === 'file_change' && entry.audience === 'visible')
        given.set(entry.fileId, entry.id);
    const files = this.files.visibleOn(jobId);
    return Map.groupBy(files, ({ id, entryId }) => given.get(id) ?? entryId);
  }

  jobsVisibleTo(customerId: string): readonly string[] {
    return [...this.jobs.keys()].filter((jobId) => this.visibleTo(customerId, jobId) !== undefined);
  }

  isStagePublic(pipelineId: string, stageId: string): boolean {
    const stages = this.pipelines.get(pipelineId)?.stages ?? [];
    return stages.some((stage) => stage.id === stageId && stage.visibleToCustomer);
  }

  /** Whether anything on a job was written by a customer or for one. (E7) */
  isShared(jobId: string): boolean {
    return (
      this.entries.some(
        (entry) =>
          entry.jobId === jobId && entry.audience === 'visible' && entry.kind !== 'status_change',
      ) || this.files.all.some((file) => file.jobId === jobId && file.wasVisible)
    );
  }

  #isPublic(job: ModelJob, stageId: string): boolean {
    return this.isStagePublic(job.pipelineId, stageId);
  }

  #createJob(mutation: AppliedMutation, args: MutationArgs<'create_job'>): void {
    const { jobId, entryId, title, customerId, pipelineId, stageId, assigneeId } = args;
    this.#addJob({ id: jobId, title, customerId, pipelineId, stageId, assigneeId });
    const audience = this.isStagePublic(pipelineId, stageId) ? 'visible' : 'internal';
    const text = this.#stageName(pipelineId, stageId);
    const toStageId = stageId;
    this.#log(mutation, { id: entryId, jobId, kind: 'status_change', audience, text, toStageId });
  }

  #deleteCustomer(customerId: string): void {
    this.customerIds.delete(customerId);
    this.mails.forget(customerId);
    this.gone.add(customerId);
    for (const job of [...this.jobs.values()]) {
      if (job.customerId !== customerId) continue;
      this.jobs.delete(job.id);
      this.gone.add(job.id);
      this.entries = this.entries.filter(({ jobId }) => jobId !== job.id);
      this.files.forgetJob(job.id);
      this.scheduled.forgetJob(job.id);
      for (const mark of [...this.readMarks.keys()])
        if (mark.endsWith(`:${job.id}`)) this.readMarks.delete(mark);
    }
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

  #saveRest(mutation: AppliedMutation): void {
    const args = mutation.args as MutationArgs<'save_form'>;
    const { form } = this.#job(args.jobId);
    const changes = args.changes.filter(({ fieldId, from, to }) => {
      const stands = form.get(fieldId) ?? null;
      return stands === from && stands !== to;
    });
    if (changes.length > 0) this.#saveForm(mutation, { ...args, changes });
  }

  #logJobChange(
    mutation: AppliedMutation,
    { jobId, entryId }: { jobId: string; entryId: string },
    what: 'customer' | 'title',
  ): void {
    this.#log(mutation, {
      id: entryId,
      jobId,
      kind: 'job_change',
      audience: 'internal',
      text: what,
    });
  }

  #logFileChange(
    mutation: AppliedMutation,
    { jobId, entryId, attachmentId }: { jobId: string; entryId: string; attachmentId: string },
    audience: ModelEntry['audience'],
  ): void {
    const kind = 'file_change';
    this.#log(mutation, { id: entryId, jobId, kind, audience, fileId: attachmentId });
  }

  /** An entry that is taken back or emptied takes its files from the customer. */
  #undo(entryId: string, change: Pick<ModelEntry, 'undone'> & Partial<ModelEntry>): void {
    this.#change(entryId, change);
    this.files.withdrawOf(entryId);
  }

  #change(entryId: string, change: Partial<ModelEntry>): void {
    const entry = this.#entry(entryId);
    this.entries[this.entries.indexOf(entry)] = { ...entry, ...change };
  }

  #entry(entryId: string): ModelEntry {
    const entry = this.entries.find(({ id }) => id === entryId);
    if (entry === undefined) throw new Error(`The model does not know entry ${entryId}.`);
    return entry;
  }

  #log(
    { authorId, version }: AppliedMutation,
    entry: Pick<ModelEntry, 'id' | 'jobId' | 'kind' | 'audience'> & Partial<ModelEntry>,
  ): void {
    const rest = {
      text: '',
      earlier: [],
      fileId: '',
      undone: null,
      fromStageId: null,
      toStageId: '',
    };
    this.entries.push({ ...rest, ...entry, authorId, version });
  }

  #addJob(
    job: Pick<Job, 'id' | 'title' | 'customerId' | 'pipelineId' | 'stageId' | 'assigneeId'>,
  ): void {
    const { id, title, customerId, pipelineId, stageId, assigneeId } = job;
    const form = new Map<string, unknown>();
    this.jobs.set(id, { id, title, customerId, pipelineId, stageId, assigneeId, form });
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
