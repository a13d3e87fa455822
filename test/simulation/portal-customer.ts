// A customer with a browser: they read their jobs and write back, press Send twice, and press it again where no answer came.

import type { OpenedSession } from '../../sync-server/auth/customer.ts';
import { SESSION_COOKIE } from '../../sync-server/portal/visitor.ts';
import type { CustomerId } from '../../sync-server/protocol/ids.ts';
import type { Customer } from '../../sync-server/protocol/records.ts';
import { enterPortal } from '../support/enter-portal.ts';
import { watchCommit } from './commit-watch.ts';
import { checkMissing, checkPage } from './customer-view.ts';
import type { VisibleThing } from './model.ts';
import { watchedStorage } from './simulated-storage.ts';
import type { ServerAnswer, ServerRequest } from './server-request.ts';
import type { World } from './world.ts';

interface SentMessage {
  readonly jobId: string;
  readonly sendToken: string;
  /** The portal said that it has it. */
  isAnswered: boolean;
  arrivals: number;
}

const HOST = 'portal.simulated';
const PATIENCE = 4;

export class PortalCustomer {
  readonly id: CustomerId;
  readonly name: string;
  readonly #world: World;
  readonly #sent = new Map<string, SentMessage>();
  #session: Pick<OpenedSession, 'sessionToken' | 'formToken'> = { sessionToken: '', formToken: '' };

  constructor(world: World, { id, name }: Customer) {
    this.#world = world;
    this.id = id;
    this.name = name;
  }

  /** Messages the portal has said yes to, and how often each is with the office. */
  get answered(): readonly (readonly [text: string, arrivals: number])[] {
    return [...this.#sent]
      .filter(([, { isAnswered }]) => isAnswered)
      .map(([text, { arrivals }]) => [text, arrivals]);
  }

  /** The server took a message in. */
  arrived(text: string): void {
    const { run } = this.#world;
    const sent = this.#sent.get(text);
    if (sent === undefined) run.violate('the server applies what was sent', text);
    else {
      sent.arrivals += 1;
      if (sent.arrivals > 1) run.violate('a customer’s message arrives once', text);
    }
  }

  /** The server was restored: what it no longer has nobody can be blamed for. */
  forgive(): void {
    const { entries } = this.#world.model;
    for (const [text, sent] of this.#sent) {
      sent.arrivals = entries.filter((entry) => entry.text === text).length;
      if (sent.arrivals === 0) sent.isAnswered = false;
    }
  }

  /** @param wanted some job of theirs where none is said */
  async visit(wanted?: string): Promise<void> {
    const { run, model, server } = this.#world;
    const jobId = wanted ?? run.chance.pickAny(this.#jobIds());
    if (jobId === undefined || !server.isRunning) return;
    const before = model.visibleTo(this.id, jobId);
    run.count('customer visits');
    this.#world.editWatch.looks(jobId);
    const answer = await this.#get(`/portal/jobs/${jobId}`);
    if (answer === undefined) return;
    if (answer.status === 401) {
      await this.enter();
      return;
    }
    this.#world.editWatch.looks(jobId);
    const after = this.#world.model.visibleTo(this.id, jobId);
    const expected = sameOrInMotion(before, after);
    if (answer.status === 404) checkMissing(this.#world, expected);
    else {
      checkPage(this.#world, answer.body, expected);
      if (expected !== 'in motion') this.#world.editWatch.got(jobId);
    }
  }

  /** Asks for a file by its address, which may have been kept from when it could be had. (E7) [V2] */
  async fetch(): Promise<void> {
    const { run, server, files } = this.#world;
    const file = run.chance.pickAny(this.#world.model.files.all);
    if (file === undefined || !server.isRunning) return;
    const before = this.#mayHave(file.id);
    const answer = await this.#get(`/portal/files/${file.id}`);
    if (answer === undefined || answer.status === 401) return;
    if (before !== this.#mayHave(file.id)) return;
    run.count(before ? 'files fetched by a customer' : 'files a customer may not have');
    const text = file.blobId === null ? undefined : files.textOf(file.blobId);
    if (before ? answer.body !== text : answer.status !== 404)
      run.violate(
        'a customer gets the files they may have, and no other',
        `${file.name}: ${answer.status}`,
      );
  }

  #mayHave(fileId: string): boolean {
    const { model } = this.#world;
    const file = model.files.find(fileId);
    if (file === undefined || model.visibleTo(this.id, file.jobId) === undefined) return false;
    return model.files.visibleOn(file.jobId).includes(file);
  }

  async reply(): Promise<void> {
    const { run, model } = this.#world;
    const visible = model.jobsVisibleTo(this.id).toSorted();
    const jobId = run.chance.pickAny(run.chance.happens(0.7) ? visible.slice(0, 1) : visible);
    if (jobId === undefined) return;
    const text = `message-${this.name}-${this.#sent.size + 1}`;
    const sendToken = Buffer.from(run.chance.bytes(16)).toString('base64url');
    this.#sent.set(text, { jobId, sendToken, isAnswered: false, arrivals: 0 });
    run.count('customer replies');
    if (run.chance.happens(0.2)) void this.#press(text, 1);
    await this.#press(text, PATIENCE);
  }

  /** Through a fresh link, as when the old session has run out. */
  async enter(): Promise<void> {
    const { server, workspaceId, run } = this.#world;
    if (!server.isRunning) return;
    const storage = watchedStorage(server.storage, (commit) =>
      watchCommit(this.#world, commit, server.wired),
    );
    const deps = { storage, now: () => server.nowMs };
    this.#session = await enterPortal(deps, { workspaceId, customerId: this.id });
    run.tell(this.name, 'enters the portal');
  }

  /** From a browser that has no session. */
  askAnew(request: Pick<ServerRequest, 'method' | 'path'> & { readonly body?: string }) {
    const { method, path, body } = request;
    return this.#ask({ ...this.#request(path, ''), method, body });
  }

  /** Goes on in the browser that has just come in. */
  async takeSession(sessionToken: string): Promise<void> {
    const answer = await this.#ask(this.#request('/portal', sessionToken));
    const [, formToken] = /name="formToken" value="([^"]+)"/.exec(answer?.body ?? '') ?? [];
    if (formToken !== undefined) this.#session = { sessionToken, formToken };
  }

  /** Presses Send, and again where nothing came back, until patience ends. */
  async #press(text: string, patience: number): Promise<void> {
    const { run, network } = this.#world;
    const sent = this.#sent.get(text);
    if (sent === undefined || patience === 0) return;
    const answer = await this.#send(sent, text);
    const isLost = run.chance.happens(network.weather.loseAnswer + network.weather.drop);
    if (answer?.status === 303 && !isLost) {
      sent.isAnswered = true;
      return;
    }
    if (answer?.status === 401) await this.enter();
    else if (answer !== undefined && !isLost) return;
    run.count('customer replies sent twice');
    run.scheduler.after(run.chance.between(100, 8000), () => void this.#press(text, patience - 1));
  }

  #send({ jobId, sendToken }: SentMessage, text: string): Promise<ServerAnswer | undefined> {
    const { formToken } = this.#session;
    return this.#ask({
      ...this.#request(`/portal/jobs/${jobId}/replies`),
      method: 'POST',
      body: new URLSearchParams({ formToken, sendToken, text }).toString(),
    });
  }

  #get(path: string): Promise<ServerAnswer | undefined> {
    return this.#ask(this.#request(path));
  }

  async #ask(request: ServerRequest): Promise<ServerAnswer | undefined> {
    const { server, run } = this.#world;
    if (!server.isRunning) return undefined;
    run.tell(this.name, `${request.method} ${request.label}`);
    return server.handle(request).catch(() => undefined);
  }

  #request(path: string, sessionToken = this.#session.sessionToken): ServerRequest {
    return {
      method: 'GET',
      path,
      // A mailed link is another one each time a story is told.
      label: path.replace(/[\w-]{43}/, '…'),
      headers: {
        host: HOST,
        origin: `http://${HOST}`,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        ...(sessionToken === '' ? {} : { cookie: `${SESSION_COOKIE}=${sessionToken}` }),
      },
      body: undefined,
      isLive: false,
    };
  }

  /** Their own jobs, the hidden ones too: addresses can be kept. */
  #jobIds(): readonly string[] {
    const { model } = this.#world;
    return [...model.jobs.values()]
      .filter(({ customerId }) => customerId === this.id)
      .map(({ id }) => id);
  }
}

function sameOrInMotion(
  before: readonly VisibleThing[] | undefined,
  after: readonly VisibleThing[] | undefined,
): readonly VisibleThing[] | undefined | 'in motion' {
  return JSON.stringify(before) === JSON.stringify(after) ? after : 'in motion';
}
