// One open stream of server-sent events on its way through the simulated network: in order, late, broken or gone silent.

import { Readable } from 'node:stream';
import type { Run } from './run.ts';
import type { Weather } from './weather.ts';

/** Within this time a line that is to fail does. */
const FAILS_WITHIN_MS = 60_000;

export class LiveLine {
  /** The end the desk holds. */
  readonly desk = new Readable({ read: () => undefined });
  readonly #run: Run;
  readonly #endServerSide: () => void;
  readonly #latencyMs: number;
  #lastArrivalMs = 0;
  #isSilent = false;

  constructor(run: Run, server: { stream: Readable; end(): void }, weather: Weather) {
    this.#run = run;
    this.#endServerSide = server.end;
    this.#latencyMs = weather.latencyMs;
    // What is sent into a broken line is nobody's concern any more.
    this.desk.on('error', () => undefined);
    this.desk.once('close', () => server.end());
    server.stream.on('error', () => undefined);
    server.stream.on('data', (chunk: Buffer) => {
      if (chunk.toString().startsWith('event: poke')) run.count('pokes');
      this.#carry(() => void this.desk.push(chunk));
    });
    server.stream.once('close', () => this.#carry(() => this.desk.destroy()));
    this.#planFailure(weather);
  }

  break(): void {
    this.desk.destroy();
    this.#endServerSide();
  }

  #planFailure({ breakLive, silenceLive }: Weather): void {
    const { chance, scheduler } = this.#run;
    const isBreaking = chance.happens(breakLive);
    if (!isBreaking && !chance.happens(silenceLive)) return;
    scheduler.after(chance.between(1, FAILS_WITHIN_MS), () => {
      if (this.desk.destroyed) return;
      this.#run.count(isBreaking ? 'live lines broken' : 'live lines gone silent');
      if (isBreaking) this.break();
      else this.#isSilent = true;
    });
  }

  #carry(arrive: () => void): void {
    const { chance, scheduler } = this.#run;
    const arrivalMs = Math.max(
      this.#lastArrivalMs + 1,
      scheduler.nowMs + chance.between(1, this.#latencyMs),
    );
    this.#lastArrivalMs = arrivalMs;
    scheduler.after(arrivalMs - scheduler.nowMs, () => {
      if (!this.desk.destroyed && !this.#isSilent) arrive();
    });
  }
}
