// What people do at their desks, by chance: they look, write, move jobs on, and decide about what is parked.

import type { RequestName, Requests } from '../../electron/core/api/contract.ts';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import type { PostEntry } from '../../electron/core/api/posting-contract.ts';
import type { EntryId, JobId } from '../../sync-server/protocol/ids.ts';
import { CannedDesk } from './canned-acts.ts';
import { correctJob } from './correct-acts.ts';
import { addFiles, changeFile, type Hand, undoEntry } from './file-acts.ts';
import { actsOf, type HabitualAct } from './habits.ts';
import { sendAfterLook } from './look-acts.ts';
import { INTERNAL } from './office.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { World } from './world.ts';

/** How often what, compared with each other. */
const ACTS = {
  look: 3,
  note: 6,
  reply: 6,
  changeStage: 5,
  assign: 2,
  saveForm: 3,
  createCustomer: 2,
  createJob: 3,
  deleteCustomer: 3,
  markRead: 1.5,
  readAll: 0.5,
  follow: 1.5,
  bellScope: 0.5,
  decide: 5,
  sendNow: 1,
  sendAfterLook: 2,
  file: 5,
  undoEntry: 1.5,
} as const;

/** How often a note or reply has files with it. */
const WITH_FILES = 0.3;

/** A person at a desk, with what is open on their screen: it may be out of date by the time they act on it. */
export class Person {
  readonly #world: World;
  readonly #desk: SimulatedDesk;
  #open: JobPage | undefined;
  /** Entries of the open job that were on the screen. */
  #openIds: ReadonlySet<string> = new Set();
  #unanswered: PostEntry | undefined;
  #written = 0;
  readonly #canned = new CannedDesk();

  constructor(world: World, desk: SimulatedDesk) {
    this.#world = world;
    this.#desk = desk;
  }

  get desk(): SimulatedDesk {
    return this.#desk;
  }

  /** Only in stories that have canned replies. (C6) */
  actOnCanned(): void {
    this.#canned.act(this.#hand());
  }

  act(): void {
    const { chance, habits } = this.#world.run;
    const act = chance.weighted<keyof typeof ACTS | HabitualAct>({ ...ACTS, ...actsOf(habits) });
    switch (act) {
      case 'look':
        this.#look();
        break;
      case 'note':
        this.#post('internal', `${INTERNAL} note ${this.#nextWords()}`);
        break;
      case 'reply':
        this.#post('visible', `reply-${this.#nextWords()}`);
        break;
      case 'changeStage':
        this.#changeStage();
        break;
      case 'assign':
        this.#assign();
        break;
      case 'saveForm':
        this.#saveForm();
        break;
      case 'createCustomer':
        this.#createCustomer();
        break;
      case 'createJob':
        this.#createJob();
        break;
      case 'deleteCustomer':
        this.#deleteCustomer();
        break;
      case 'markRead': {
        const page = this.#page();
        if (page !== undefined) this.#ask('jobs.mark-read', { jobId: page.job.id });
        break;
      }
      case 'readAll':
        this.#ask('bell.mark-all-read', {});
        break;
      case 'follow':
        this.#follow();
        break;
      case 'bellScope': {
        const bellScope = this.#world.run.chance.pick(['all', 'followed'] as const);
        this.#ask('bell.set-scope', { bellScope });
        break;
      }
      case 'decide':
        this.#decide();
        break;
      case 'file':
        changeFile(this.#hand());
        break;
      case 'correctJob':
        correctJob(this.#hand(), this.#nextWords());
        break;
      case 'undoEntry':
        undoEntry(this.#hand());
        break;
      case 'sendAfterLook':
        sendAfterLook(this.#hand());
        break;
      case 'sendNow':
        this.#sendNow((this.#desk.window.ask('outbox', {}) ?? []).filter(isCounting));
        break;
    }
  }

  /** What counts down, where something does; otherwise whatever waits. */
  #sendNow(counting: readonly OutboxItem[]): void {
    const { run, countdownWatch } = this.#world;
    const mutationIds = counting.map(({ mutationId }) => mutationId);
    if (mutationIds.length === 0) {
      this.#ask('sync.now', {});
      return;
    }
    countdownWatch.wantsNow(this.#desk, mutationIds);
    this.#ask('outbox.send-now', { mutationIds }, (isDone) => {
      if (isDone) run.count('sent now');
    });
  }

  #follow(): void {
    const { run } = this.#world;
    const page = this.#page();
    if (page === undefined) return;
    const state = run.chance.pick(['following', 'muted', 'neither'] as const);
    this.#ask('jobs.follow', { jobId: page.job.id, state }, (isDone) => {
      if (isDone) run.count('jobs followed or muted');
    });
  }

  #look(page = this.#fresh()): void {
    if (page === undefined) return;
    this.#open = page;
    this.#openIds = this.#world.onScreen(this.#desk, page.job.id);
  }

  /** What they act on: now and then a page that has been open for a while. */
  #page(): JobPage | undefined {
    const { chance } = this.#world.run;
    return this.#open !== undefined && chance.happens(0.5) ? this.#open : this.#fresh();
  }

  #fresh(): JobPage | undefined {
    const list = this.#desk.window.ask('jobs.list', {
      scope: { kind: 'all' },
      stageId: null,
      assigneeId: null,
      unreadOnly: false,
      search: '',
      offset: 0,
      limit: 50,
    });
    // The first ones most of the time, so that people meet on the same jobs.
    const jobIds = (list?.rows ?? []).map(({ jobId }) => jobId).toSorted();
    const { chance } = this.#world.run;
    const jobId = chance.pickAny(chance.happens(0.7) ? jobIds.slice(0, 2) : jobIds);
    return jobId === undefined
      ? undefined
      : (this.#desk.window.ask('jobs.one', { jobId }) ?? undefined);
  }

  /** Where the desk died over the last one, they press Send on that one again first. */
  #post(audience: 'internal' | 'visible', text: string): void {
    const { run } = this.#world;
    const page = this.#page();
    if (page === undefined) return;
    const { job, seenVersion } = page;
    if (page !== this.#open) this.#look(page);
    const entryId = run.newId() as EntryId;
    if (this.#unanswered !== undefined) {
      run.count('posts pressed again');
      this.#send(this.#unanswered);
      return;
    }
    const post = { entryId, jobId: job.id, audience, text, files: [], seenVersion };
    this.#world.seen.set(entryId, this.#openIds);
    if (run.chance.happens(WITH_FILES)) void this.#sendWithFiles(post);
    else this.#send(post);
  }

  #send(post: PostEntry): void {
    this.#unanswered = post;
    this.#world.countdownWatch.posted(this.#desk, post.entryId);
    this.#ask('entries.post', post, () => {
      this.#unanswered = undefined;
    });
  }

  async #sendWithFiles(post: PostEntry): Promise<void> {
    const { chance } = this.#world.run;
    const files = await addFiles(this.#hand(), post.jobId);
    if (files === undefined) return;
    this.#send({ ...post, text: chance.happens(0.3) ? '' : post.text, files });
  }

  #hand(): Hand {
    const ask: Hand['ask'] = (name, args, onEnd) => this.#ask(name, args, onEnd);
    return { world: this.#world, desk: this.#desk, page: () => this.#page(), ask };
  }

  #changeStage(): void {
    const page = this.#page();
    if (page === undefined) return;
    const toStageId = this.#world.run.chance.pick(page.pipeline.stages).id;
    this.#ask('jobs.change-stage', { jobId: page.job.id, toStageId });
  }

  #assign(): void {
    const { chance } = this.#world.run;
    const page = this.#page();
    if (page === undefined) return;
    const member = chance.pick([...this.#world.office.members, null]);
    this.#ask('jobs.assign', { jobId: page.job.id, toMemberId: member?.id ?? null });
  }

  /** `from` is what the page showed when they began to fill in, which may be long ago. */
  #saveForm(): void {
    const { chance } = this.#world.run;
    const page = this.#page();
    const first = chance.pickAny(page?.pipeline.fields ?? []);
    const second = chance.pickAny(page?.pipeline.fields ?? []);
    if (page === undefined || first === undefined || second === undefined) return;
    const changes = [...new Set([first.id, second.id])].map((fieldId) => {
      const from = page.job.form[fieldId] ?? null;
      return { fieldId, from, to: `${INTERNAL} value ${this.#nextWords()}` };
    });
    this.#ask('jobs.save-form', { jobId: page.job.id, changes });
  }

  #createCustomer(): void {
    const name = this.#nextWords();
    const email = this.#world.run.chance.happens(0.5) ? `${name}@customers.example` : '';
    this.#ask('customers.create', { name: `New ${name}`, email, phone: '' });
  }

  #createJob(): void {
    const { chance } = this.#world.run;
    const customers = this.#desk.window.ask('customers', { search: '' }) ?? [];
    const added = customers.filter((each) => !this.#isOfThePortal(each.id));
    const customer = chance.pickAny(chance.happens(0.6) ? added : customers);
    const pipelines = this.#desk.window.ask('overview', {})?.pipelines ?? [];
    const pipeline = chance.pickAny(pipelines);
    if (customer === undefined || pipeline === undefined) return;
    this.#ask('jobs.create', {
      title: `Job-${this.#nextWords()}`,
      customerId: customer.id,
      pipelineId: pipeline.id,
      stageId: chance.pick(pipeline.stages).id,
      assigneeId: null,
    });
  }

  /** One who was added today: those who come to the portal stay. */
  #deleteCustomer(): void {
    const { run } = this.#world;
    const customers = this.#desk.window.ask('customers', { search: '' }) ?? [];
    const added = customers.filter(({ id }) => !this.#isOfThePortal(id));
    const owners = added.filter(({ id }) => this.#jobsOf(id).length > 0);
    const isOwner = owners.length > 0 && run.chance.happens(0.8);
    const customer = run.chance.pickAny(isOwner ? owners : added);
    if (customer === undefined) return;
    const { id: customerId, name: fromName } = customer;
    const withJobs = run.chance.happens(0.7);
    this.#ask('customers.delete', { customerId, fromName, withJobs });
    // Now and then somebody else, who has not heard of it yet, has the same idea, or still writes about their job.
    const other = run.chance.pick(this.#world.desks);
    if (other === this.#desk || !other.isRunning || run.chance.happens(0.2)) return;
    this.#world.goOffline(other);
    if (run.chance.happens(0.6)) this.#writeAbout(customerId, other);
    else
      void other
        .request('customers.delete', { customerId, fromName, withJobs })
        .then(() => this.#world.look(other));
  }

  #jobsOf(customerId: string) {
    return [...this.#world.model.jobs.values()].filter((job) => job.customerId === customerId);
  }

  #writeAbout(customerId: string, desk: SimulatedDesk): void {
    const job = this.#world.run.chance.pickAny(this.#jobsOf(customerId));
    const text = `${INTERNAL} note ${this.#nextWords()}`;
    if (job !== undefined)
      writeAbout(this.#world, desk, { jobId: job.id, audience: 'internal', text });
  }

  #isOfThePortal(customerId: string): boolean {
    return this.#world.office.customers.some(({ id }) => id === customerId);
  }

  /** About something that is parked, or takes something back that has not left yet. */
  #decide(): void {
    const { chance } = this.#world.run;
    const items = this.#desk.window.ask('outbox', {}) ?? [];
    const parked = items.filter(({ state }) => isParked(state.kind));
    const item = chance.pickAny(parked.length > 0 && chance.happens(0.8) ? parked : items);
    if (item === undefined) return;
    const { mutationId } = item;
    const way = chance.weighted({ retry: 4, discard: 1, internal: 1, back: 1 });
    if (way === 'retry' && isCounting(item)) {
      this.#sendNow([item]);
      return;
    }
    this.#world.intend(this.#desk, mutationId);
    if (way === 'retry') this.#world.seeAgain(this.#desk, mutationId);
    if (way === 'retry') this.#decided('outbox.retry', item, 'retried');
    else if (way === 'discard') this.#decided('outbox.discard', item, 'discarded');
    else if (way === 'internal') this.#decided('outbox.make-internal', item, 'made internal');
    else this.#decided('outbox.take-back', item, 'taken back');
  }

  #decided(
    name: 'outbox.retry' | 'outbox.discard' | 'outbox.make-internal' | 'outbox.take-back',
    item: OutboxItem,
    counted: 'retried' | 'discarded' | 'made internal' | 'taken back',
  ): void {
    const { mutationId } = item;
    this.#ask(name, { mutationId }, (isDone) => {
      this.#world.intend(this.#desk, undefined);
      if (!isDone) return;
      this.#world.run.count(counted);
      if (isCounting(item)) this.#world.run.count('undone while it counted down');
      this.#world.ledger.giveUp(this.#desk, mutationId);
    });
  }

  /** Asks the desk; what it says yes to is from then on in the ledger. */
  #ask<N extends RequestName>(
    name: N,
    args: Requests[N]['args'],
    onEnd: (isDone: boolean) => void = () => undefined,
  ): void {
    const { run } = this.#world;
    void this.#desk.request(name, args).then((end) => {
      const isDone = end.kind === 'answered';
      run.tell(this.#desk.name, `${name} ${isDone ? 'done' : `not done: ${end.sentence}`}`);
      if (end.kind === 'failed' && end.error === 'broke')
        run.violate('no mistake of ours', `${this.#desk.name} ${name}: ${end.sentence}`);
      if (!isDone) run.count('refused on a desk');
      onEnd(isDone);
      this.#world.look(this.#desk);
    });
  }

  #nextWords(): string {
    this.#written += 1;
    return `${this.#desk.name}-${this.#written}`;
  }
}

function isCounting({ state }: OutboxItem): boolean {
  return state.kind === 'counting-down';
}

function isParked(kind: OutboxItem['state']['kind']): boolean {
  return kind === 'held' || kind === 'refused' || kind === 'conflicted';
}

/** Posts right away, by what the desk shows of the job at this moment; a desk that does not have it does nothing. */
export function writeAbout(
  world: World,
  desk: SimulatedDesk,
  { jobId, ...words }: { jobId: string } & Pick<PostEntry, 'audience' | 'text'>,
): void {
  const page = desk.window.ask('jobs.one', { jobId: jobId as JobId });
  if (page == null) return;
  const entryId = world.run.newId() as EntryId;
  const { job, seenVersion } = page;
  world.seen.set(entryId, world.onScreen(desk, job.id));
  world.countdownWatch.posted(desk, entryId);
  void desk
    .request('entries.post', { entryId, jobId: job.id, files: [], seenVersion, ...words })
    .then(() => world.look(desk));
}
