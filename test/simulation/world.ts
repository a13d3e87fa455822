// One simulated world: an office's server, its network, its desks and its customers, and beside them the oracle, which is
// told of every commit and looks at every outbox.

import { join } from 'node:path';
import type { ReadableMirror } from '../../electron/core/mirror/database.ts';
import { type Account, writeDeviceState } from '../../electron/core/session/device-file.ts';
import { hashToken } from '../../sync-server/auth/tokens.ts';
import { clientId, mutationId } from '../../sync-server/protocol/ids.ts';
import type { KindedRecord, Member } from '../../sync-server/protocol/records.ts';
import { watchCommit } from './commit-watch.ts';
import { watchedStorage } from './simulated-storage.ts';
import type { Control } from './controls.ts';
import { CountdownWatch } from './countdown-watch.ts';
import { DoorWatch } from './door-watch.ts';
import { EditWatch } from './edit-watch.ts';
import { Ledger, madeBy, readOutbox } from './ledger.ts';
import { LookWatch } from './look-watch.ts';
import { MailWatch } from './mail-watch.ts';
import { Model } from './model.ts';
import { buildOffice, type Office } from './office.ts';
import { PortalCustomer } from './portal-customer.ts';
import { type Run, short } from './run.ts';
import { emptyScheduledTally } from './scheduled-watch.ts';
import { copyDataFolder, SimulatedDesk } from './simulated-desk.ts';
import { SimulatedFiles } from './simulated-files.ts';
import { SERVER_URL, SimulatedNetwork } from './simulated-network.ts';
import { SimulatedServer } from './simulated-server.ts';
import { CALM } from './weather.ts';
import { writeAbout } from './staff-acts.ts';

/** What nobody names is kept for so long after somebody last wanted it. [B4] */
const GRACE_MS = 30 * 24 * 60 * 60 * 1000;
const A_YEAR_MS = 365 * 24 * 60 * 60 * 1000;

interface Backup {
  readonly file: string;
  readonly model: Model;
}

interface WorldParts {
  readonly run: Run;
  readonly folder: string;
  readonly control: Control;
  readonly withScheduled?: boolean;
}

export class World {
  readonly run: Run;
  readonly office: Office;
  readonly server: SimulatedServer;
  readonly network: SimulatedNetwork;
  readonly ledger: Ledger;
  readonly files: SimulatedFiles;
  readonly lookWatch: LookWatch;
  readonly countdownWatch: CountdownWatch;
  readonly mailWatch: MailWatch;
  readonly doorWatch: DoorWatch;
  readonly editWatch: EditWatch;
  readonly desks: SimulatedDesk[] = [];
  /** How often a desk that was signed out had wiped what it held. (J1) */
  wipes = 0;
  readonly scheduledTally = emptyScheduledTally();
  readonly customers: readonly PortalCustomer[];
  readonly #folder: string;
  readonly #control: Control;
  /** What a person at a desk is about to give up: a desk that dies over it leaves open whether it is gone. */
  readonly #intents = new Map<string, string>();
  /** What the author of an entry had on the screen when they wrote it, or when they wanted it sent after all. [P6] */
  readonly seen = new Map<string, ReadonlySet<string>>();
  #doubts = 0;
  model = new Model();
  backup: Backup | undefined;
  /** The machine stays off until its disk is the backup's. */
  isRestoring = false;
  /** Until then something is still to be done that was planned at the beginning. */
  plannedUntilMs = 0;

  private constructor({ run, folder, control, withScheduled = false }: WorldParts) {
    this.run = run;
    this.office = buildOffice(run);
    this.#folder = folder;
    this.#control = control;
    this.ledger = new Ledger(run);
    this.files = new SimulatedFiles(run);
    this.lookWatch = new LookWatch(run);
    this.countdownWatch = new CountdownWatch(run);
    this.editWatch = new EditWatch(run, () => this.model);
    this.mailWatch = new MailWatch(run, () => this.model, this.editWatch);
    this.doorWatch = new DoorWatch({
      run,
      mailboxes: this.mailWatch.mailboxes,
      model: () => this.model,
      serverNowMs: () => this.server.nowMs,
    });
    this.server = new SimulatedServer({
      run,
      folder: join(folder, 'server'),
      workspaceId: this.office.workspace.id,
      withScheduled,
      weather: () => this.network.weather,
      wired: (storage) => control.storage(storage, run),
      onCommitted: (commit, storage) => watchCommit(this, commit, storage),
      onClaimed: (blobId, at) => void this.model.files.claims.set(blobId, Date.parse(at)),
      onDropping: (blobId) => this.#dropping(blobId),
      mailWatch: this.mailWatch,
      doorWatch: this.doorWatch,
      onMailInDoubt: (jobId) => this.#mailInDoubt(jobId),
      onDied: () => this.#serverDied(),
    });
    this.network = new SimulatedNetwork(run, this.server, {
      onPush: (name, ids) => this.#leaves(name, ids),
      onAnswerLost: (name) => this.#answerLost(name),
    });
    this.customers = this.office.customers.map((customer) => new PortalCustomer(this, customer));
  }

  static async create(parts: WorldParts): Promise<World> {
    const world = new World(parts);
    await world.server.start();
    await world.#openOffice();
    return world;
  }

  /** Leaves nothing open. */
  async end(): Promise<void> {
    for (const desk of this.desks) await desk.quit();
    await this.server.stop();
    await this.run.closeAll();
  }

  get workspaceId() {
    return this.office.workspace.id;
  }

  async #openOffice(): Promise<void> {
    const { workspace, records, jobs } = this.office;
    const references = { prefix: 'J-', next: jobs.length + 1 };
    const start = { workspaceId: workspace.id, records, signIns: [], blobs: [], references };
    await this.server.storage.createWorkspace(start);
    this.model.open(records);
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Desks

  async addDesk(member: Member, name: string): Promise<SimulatedDesk> {
    const { workspace } = this.office;
    const account: Account = {
      serverUrl: SERVER_URL,
      workspaceId: workspace.id,
      memberId: member.id,
      member,
      workspace,
      isSignedIn: true,
    };
    const desk = this.#newDesk(name, account, await this.newToken(member));
    writeDeviceState(desk.dataFolder, { clientId: clientId.parse(this.run.newId()), account });
    await this.startDesk(desk);
    return desk;
  }

  async startDesk(desk: SimulatedDesk): Promise<void> {
    await desk.start();
    this.look(desk);
  }

  /** Another machine with a copy of this one's disk and keychain. */
  async cloneDesk(desk: SimulatedDesk, name: string): Promise<SimulatedDesk> {
    this.look(desk);
    const clone = this.#newDesk(name, desk.account, desk.token);
    copyDataFolder(desk.dataFolder, clone.dataFolder, desk.account);
    await this.startDesk(clone);
    return clone;
  }

  goOffline(desk: SimulatedDesk): void {
    const { run } = this;
    run.count('offline spells');
    run.tell(desk.name, 'goes offline');
    desk.setOffline(true);
    run.scheduler.after(run.chance.between(1000, 40_000), () => {
      run.tell(desk.name, 'is online again');
      desk.setOffline(false);
    });
  }

  #leaves(deskName: string, mutationIds: readonly string[]): void {
    const desk = this.desks.find(({ name }) => name === deskName);
    if (desk === undefined) return;
    this.lookWatch.leaves(desk, mutationIds);
    this.countdownWatch.leaves(desk, mutationIds);
  }

  /** A lid that is closed right after Send: what became of it stays open for long. */
  #answerLost(deskName: string): void {
    const desk = this.desks.find(({ name }) => name === deskName);
    if (desk !== undefined && this.run.chance.happens(0.5)) this.goOffline(desk);
  }

  /** What comes now must not join the mail that may have left: a mailbox would drop both. */
  #mailInDoubt(jobId: string): void {
    const { run } = this;
    if (run.chance.happens(0.5)) return;
    run.scheduler.after(run.chance.between(500, 20_000), () => {
      // After the day nobody does anything any more.
      if (this.network.weather === CALM) return;
      const desk = run.chance.pick(this.desks);
      this.#doubts += 1;
      const text = `reply-again-${this.#doubts}`;
      if (desk.isRunning) writeAbout(this, desk, { jobId, audience: 'visible', text });
    });
  }

  /** The oracle sees what a desk's outbox holds now. */
  look(desk: SimulatedDesk): void {
    if (desk.mirror !== undefined) this.ledger.look(desk, desk.mirror);
  }

  /** The entries of a job that a desk shows. */
  onScreen({ mirror, isRefilling }: SimulatedDesk, jobId: string): ReadonlySet<string> {
    const rows = mirror?.all<{ id: string }>('SELECT id FROM entry WHERE job_id = @jobId', {
      jobId,
    });
    const ids = new Set((rows ?? []).map(({ id }) => id));
    const isWhole =
      mirror?.get(`SELECT key FROM meta WHERE key = 'first-sync-done'`) !== undefined &&
      !isRefilling;
    // The newest come first, and older ones a moment later: nobody is blamed for what is only just on its way.
    if (!isWhole)
      for (const entry of this.model.entries) if (entry.jobId === jobId) ids.add(entry.id);
    return ids;
  }

  /** A person who sends something after all has seen what stands now, and what stood on the other of two copies of their desk. */
  seeAgain(desk: SimulatedDesk, mutationId: string): void {
    const accepted = this.ledger.find(mutationId);
    const entryId = accepted === undefined ? undefined : madeBy(accepted);
    if (accepted?.jobId == null || entryId === undefined) return;
    const before = this.seen.get(entryId) ?? [];
    this.seen.set(entryId, new Set([...before, ...this.onScreen(desk, accepted.jobId)]));
  }

  /** Until the answer nobody knows which of the two holds. */
  intend(desk: SimulatedDesk, mutationId: string | undefined): void {
    if (mutationId === undefined) this.#intents.delete(desk.name);
    else this.#intents.set(desk.name, mutationId);
  }

  /** As a sign-in hands it out. */
  async newToken(member: Member): Promise<string> {
    const token = Buffer.from(this.run.chance.bytes(32)).toString('base64url');
    const { nowMs, storage } = this.server;
    await storage.addDevice({
      tokenHash: hashToken(token),
      workspaceId: this.workspaceId,
      memberId: member.id,
      clientId: clientId.parse(this.run.newId()),
      name: 'A simulated desk',
      createdAt: new Date(nowMs).toISOString(),
      expiresAt: new Date(nowMs + A_YEAR_MS).toISOString(),
    });
    return token;
  }

  #newDesk(name: string, account: Account, token: string): SimulatedDesk {
    const { run, network } = this;
    const folder = join(this.#folder, name);
    const desk: SimulatedDesk = new SimulatedDesk({
      run,
      network,
      name,
      account,
      folder,
      token,
      wired: (mirror, diesHere) => this.#control.mirror(mirror, { run, diesHere }),
      onStarting: () => this.countdownWatch.starts(desk),
      onDied: (mirror) => this.#deskDied(desk, mirror),
      onClosing: (mirror) => this.ledger.look(desk, mirror),
    });
    this.desks.push(desk);
    return desk;
  }

  #deskDied(desk: SimulatedDesk, mirror: ReadableMirror): void {
    const intent = this.#intents.get(desk.name);
    this.#intents.delete(desk.name);
    if (intent !== undefined && readOutbox(mirror).every(({ id }) => id !== intent))
      this.ledger.giveUp(desk, intent);
    this.ledger.look(desk, mirror);
    this.countdownWatch.died(desk, mirror);
    this.run.scheduler.after(this.run.chance.between(10, 15_000), async () => {
      if (!desk.isRunning) await this.startDesk(desk);
    });
  }

  // -------------------------------------------------------------------------------------------------------------------
  // The server

  takeBackup(): void {
    this.backup = { file: this.server.backUp(), model: this.model.copy() };
    this.run.tell('server', `is backed up at version ${this.model.head}`);
  }

  /** Yesterday's backup takes the server's place; what only the server had since then is gone. [L6] */
  async restoreBackup({ file, model }: Backup): Promise<void> {
    for (const desk of this.desks) this.look(desk);
    await this.server.restore(file);
    const before = this.model;
    this.model = model.copy();
    this.model.head = this.run.nowMs;
    this.model.scheduled.restored();
    this.ledger.forgive(this.model);
    this.mailWatch.restored(this.model, before);
    this.doorWatch.upheaval();
    this.editWatch.restored();
    for (const customer of this.customers) customer.forgive();
    this.run.count('restores');
    this.run.tell('server', `is restored to version ${this.model.head}`);
  }

  /** What an administrator changes: pipelines and people. */
  async administer(put: KindedRecord): Promise<void> {
    const { server, run } = this;
    const identity = { id: mutationId.parse(run.newId()), actorKey: 'admin:' };
    const outcome = { kind: 'applied', puts: [put] } as const;
    const storage = watchedStorage(server.storage, (commit) =>
      watchCommit(this, commit, server.wired),
    );
    await storage.transact(this.workspaceId, (transaction) => {
      transaction.settle(identity, outcome);
      return Promise.resolve();
    });
  }

  /** What a record names stays for ever, and what somebody may still name for thirty days. [B4] */
  #dropping(blobId: string): void {
    const { run, model, server } = this;
    const { files, canned } = model;
    run.count('blobs dropped by the server');
    const isScheduled = model.scheduled.namedBlobs.has(blobId);
    if (files.isNamed(blobId) || canned.isNamed(blobId) || isScheduled)
      run.violate('bytes that a record names stay', short(blobId));
    const claimedMs = files.claims.get(blobId) ?? 0;
    const mayGo = files.wasRemoved(blobId) || canned.wasDropped(blobId);
    if (claimedMs > server.nowMs - GRACE_MS && !mayGo)
      run.violate('bytes that somebody wants stay', short(blobId));
  }

  #serverDied(): void {
    this.mailWatch.died(this.server.nowMs);
    this.run.scheduler.after(this.run.chance.between(10, 20_000), () => this.startServer());
  }

  async startServer(): Promise<void> {
    if (!this.server.isRunning && !this.isRestoring) await this.server.start();
  }
}
