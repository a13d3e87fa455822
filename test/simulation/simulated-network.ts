// The network between desks and the server: it drops, delays, doubles, reorders, answers in the server's place, and loses
// answers after the server has done what was asked.

import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { AxiosAdapter, InternalAxiosRequestConfig } from 'axios';
import { LiveLine } from './live-line.ts';
import { type Run, short } from './run.ts';
import type { ServerRequest } from './server-request.ts';
import { Call } from './simulated-call.ts';
import type { SimulatedServer } from './simulated-server.ts';
import { CALM, type Weather } from './weather.ts';

export const SERVER_URL = 'https://server.simulated';
const STRANGE_PAGE = '<html>Please accept the terms of this Wi-Fi</html>';

export interface NetworkListener {
  /** A push leaves a desk, whatever becomes of it. */
  onPush(deskName: string, mutationIds: readonly string[]): void;
  onAnswerLost(deskName: string): void;
}

export class SimulatedNetwork {
  readonly run: Run;
  readonly server: SimulatedServer;
  readonly listener: NetworkListener;
  weather: Weather = CALM;
  /** Nothing that left late is on its way any more from then on. */
  quietFromMs = 0;

  constructor(run: Run, server: SimulatedServer, listener: NetworkListener) {
    this.run = run;
    this.server = server;
    this.listener = listener;
  }

  noteLate(delayMs: number): void {
    this.quietFromMs = Math.max(this.quietFromMs, this.run.nowMs + delayMs);
  }
}

/** One desk's way to the server. */
export class Line {
  readonly #network: SimulatedNetwork;
  readonly #name: string;
  readonly #open = new Set<LiveLine>();
  readonly #calls = new Set<Call>();
  #isCut = false;
  #isDead = false;

  constructor(network: SimulatedNetwork, name: string) {
    this.#network = network;
    this.#name = name;
  }

  readonly adapter: AxiosAdapter = (config) =>
    new Promise((resolve, reject) => {
      const onEnd = (ended: Call) => void this.#calls.delete(ended);
      const call = new Call(this.#network.run, config, { resolve, reject, onEnd });
      this.#calls.add(call);
      if (config.data instanceof Readable) void this.#sendBytes(call, config, config.data);
      else this.#send(call, requestOf(config, undefined));
    });

  get isCut(): boolean {
    return this.#isCut;
  }

  cut(): void {
    this.#isCut = true;
    this.#breakLive();
  }

  restore(): void {
    this.#isCut = false;
  }

  /** The desk is no more: nothing that arrives concerns anybody. */
  die(): void {
    this.#isDead = true;
    for (const call of this.#calls) call.forget();
    this.#breakLive();
  }

  #breakLive(): void {
    for (const live of this.#open) live.break();
    this.#open.clear();
  }

  async #sendBytes(call: Call, config: InternalAxiosRequestConfig, bytes: Readable): Promise<void> {
    const body = await buffer(bytes).catch(() => undefined);
    if (body === undefined) call.fail('ECONNRESET');
    else if (!call.isSettled) this.#send(call, requestOf(config, body));
  }

  #send(call: Call, request: ServerRequest): void {
    if (this.#isDead) return;
    const { run, weather, listener } = this.#network;
    const { chance, scheduler } = run;
    if (request.path === '/api/sync/push') listener.onPush(this.#name, idsIn(request));
    const travelMs = chance.between(1, weather.latencyMs);
    if (this.#isCut) {
      scheduler.after(travelMs, () => call.fail('ECONNREFUSED'));
      return;
    }
    if (chance.happens(weather.drop)) {
      run.count('requests dropped');
      this.#loseQuietlyOrNot(call);
      return;
    }
    if (chance.happens(weather.stranger)) {
      run.count('answers of a stranger');
      const status = chance.pick([200, 302, 502]);
      const page = call.wantsStream ? Readable.from([Buffer.from(STRANGE_PAGE)]) : STRANGE_PAGE;
      scheduler.after(travelMs, () => call.answer({ status, headers: {}, body: page }));
      return;
    }
    const isLate = !request.isLive && chance.happens(weather.late);
    if (isLate) run.count('requests delayed past their timeout');
    const delayMs = isLate ? call.timeoutMs + chance.between(1, 60_000) : travelMs;
    if (isLate) this.#network.noteLate(delayMs);
    scheduler.after(delayMs, () => this.#arrive(call, request));
  }

  #arrive(call: Call, request: ServerRequest): void {
    const { run, server } = this.#network;
    if (!server.isRunning) {
      call.fail('ECONNREFUSED');
      return;
    }
    run.tell(this.#name, `${request.method} ${request.label}`);
    if (request.isLive) void this.#openLive(call, request);
    else {
      this.#arriveAgain(request);
      void this.#carryOut(call, this.#cutMaybe(request));
    }
  }

  /** Bytes may break off anywhere on their way up. [B3] */
  #cutMaybe(request: ServerRequest): ServerRequest {
    const { run, weather } = this.#network;
    if (!(request.body instanceof Buffer)) return request;
    run.count(request.method === 'PATCH' ? 'uploads gone on with' : 'uploads begun');
    if (!run.chance.happens(weather.cutUpload)) return request;
    run.count('uploads cut off');
    return { ...request, arriving: run.chance.between(0, request.body.byteLength - 1) };
  }

  /** A request can come a second time after it came once, and never after its sender was told that nobody is there. */
  #arriveAgain(request: ServerRequest): void {
    const { run, server, weather } = this.#network;
    if (!run.chance.happens(weather.duplicate)) return;
    run.count('requests duplicated');
    if (request.body instanceof Buffer) run.count('uploads duplicated');
    run.scheduler.after(run.chance.between(0, 2000), () => {
      void server.handle(request).catch(() => undefined);
    });
  }

  async #carryOut(call: Call, request: ServerRequest): Promise<void> {
    const { run, server, weather, listener } = this.#network;
    const { chance, scheduler } = run;
    const answer = await server.handle(request).catch(() => undefined);
    if (answer !== undefined) this.#count(request, answer.body);
    if (answer === undefined || this.#isCut) {
      this.#loseQuietlyOrNot(call);
      return;
    }
    if (chance.happens(weather.loseAnswer)) {
      run.count('answers lost after the commit');
      this.#loseQuietlyOrNot(call);
      if (request.method !== 'GET') listener.onAnswerLost(this.#name);
      return;
    }
    scheduler.after(chance.between(1, weather.latencyMs), () => {
      if (call.wantsStream) call.answer({ ...answer, body: this.#onItsWay(answer.bytes) });
      else call.answer(answer);
    });
  }

  /** Bytes may break off anywhere on their way down. */
  #onItsWay(bytes: Buffer): Readable {
    const { run, weather } = this.#network;
    const isCut = run.chance.happens(weather.cutUpload);
    const arriving = isCut ? run.chance.between(0, bytes.byteLength) : bytes.byteLength;
    return Readable.from(brokenOff(bytes.subarray(0, arriving), isCut), { objectMode: false });
  }

  #count({ path }: ServerRequest, body: string): void {
    const { run } = this.#network;
    if (path.startsWith('/api/sync/push')) run.count('pushes');
    if (path.startsWith('/api/sync/pull')) run.count('pulls');
    if (body.startsWith('{"kind":"reset"')) run.count('resets');
    if (body.includes('what is remembered of deletions')) run.count('resets beyond the horizon');
    if (body.includes('"more":true')) run.count('pages with more to come');
  }

  async #openLive(call: Call, request: ServerRequest): Promise<void> {
    const { run, server, weather } = this.#network;
    const opened = await server.openLive(request).catch(() => undefined);
    if (opened === undefined || this.#isCut || this.#isDead) {
      if (opened?.kind === 'stream') opened.end();
      this.#loseQuietlyOrNot(call);
      return;
    }
    if (opened.kind === 'answer') {
      call.answer(opened.answer);
      return;
    }
    const live = new LiveLine(run, opened, weather);
    this.#open.add(live);
    live.desk.once('close', () => this.#open.delete(live));
    if (call.isSettled) live.break();
    else call.answer({ status: 200, headers: {}, body: live.desk });
  }

  /** Some losses are noticed soon, others only when the desk loses patience. */
  #loseQuietlyOrNot(call: Call): void {
    const { chance, scheduler } = this.#network.run;
    if (call.timeoutMs > 0 && chance.happens(0.3)) return;
    scheduler.after(chance.between(1, 3000), () => call.fail('ECONNRESET'));
  }
}

function requestOf(config: InternalAxiosRequestConfig, bytes: Buffer | undefined): ServerRequest {
  const url = new URL(`${SERVER_URL}${config.url ?? ''}`);
  const params = config.params as Record<string, string> | undefined;
  for (const [name, value] of Object.entries(params ?? {})) url.searchParams.set(name, value);
  const text = typeof config.data === 'string' ? config.data : undefined;
  return {
    method: (config.method ?? 'get').toUpperCase() as ServerRequest['method'],
    path: `${url.pathname}${url.search}`,
    label: `${url.pathname} ${labelOf(text)}`.trimEnd(),
    // This network carries text alone.
    headers: Object.fromEntries(
      Object.entries(config.headers.toJSON())
        .filter(([name]) => name !== 'accept-encoding')
        .map(([name, value]) => [name, String(value)]),
    ),
    body: bytes ?? text,
    isLive: url.pathname === '/api/live',
  };
}

async function* brokenOff(bytes: Buffer, isCut: boolean): AsyncIterable<Buffer> {
  if (bytes.byteLength > 0) yield bytes;
  await Promise.resolve();
  if (isCut) throw new Error('The line broke.');
}

function labelOf(body: string | undefined): string {
  return mutationsIn(body)
    .map(({ id, name }) => `${name}:${short(id)}`)
    .join(' ');
}

function idsIn({ body }: ServerRequest): readonly string[] {
  return mutationsIn(typeof body === 'string' ? body : undefined).map(({ id }) => id);
}

function mutationsIn(body: string | undefined): readonly { id: string; name: string }[] {
  if (body === undefined) return [];
  return (JSON.parse(body) as { mutations?: { id: string; name: string }[] }).mutations ?? [];
}
