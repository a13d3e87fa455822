// A customer reply leaves when a short countdown is over, which begins when it could leave: so long its author takes it back. [P8]

import type { MutationId } from '../../../sync-server/protocol/ids.ts';
import type { Clock } from '../host.ts';

export interface CountdownsParts {
  readonly clock: Clock;
  /** Read anew for each that begins; 0 is none. */
  lengthMs(): number;
  /** What ended leaves with the next pull. */
  onEnded(): void;
  /** What the screen says of one is no longer true. */
  onChange(): void;
}

interface Countdown {
  leavesAtMs: number;
  /** `ended` waits for a pull: what happened meanwhile is here before it leaves. (C5) */
  state: 'running' | 'ended' | 'over';
}

/**
 * In memory alone: a restart begins each anew, which takes nothing from anybody. A clock that is set changes none of them: what
 * counts is that the host calls back, once for all that began together. The time of day is for the screen.
 */
export class Countdowns {
  readonly #parts: CountdownsParts;
  readonly #countdowns = new Map<MutationId, Countdown>();
  /** A person did not want to wait for these; that holds although the line breaks over it. */
  readonly #wanted = new Set<MutationId>();
  readonly #stops = new Set<() => void>();

  constructor(parts: CountdownsParts) {
    this.#parts = parts;
  }

  /** Whether it may leave, as far as this goes. */
  isOver(id: MutationId): boolean {
    if (this.#parts.lengthMs() === 0) return true;
    const countdown = this.#countdowns.get(id);
    return countdown === undefined ? this.#wanted.has(id) : countdown.state === 'over';
  }

  /** Of all that have begun; some may have left since. */
  get ids(): readonly MutationId[] {
    return [...this.#countdowns.keys()];
  }

  hasBegun(id: MutationId): boolean {
    return this.#countdowns.has(id);
  }

  /** When it ends or ended, by this device's clock; undefined while it could not leave. */
  leavesAtMs(id: MutationId): number | undefined {
    return this.#countdowns.get(id)?.leavesAtMs;
  }

  /**
   * Begins those that are new. What could leave and no longer can is forgotten: it begins anew when it can again.
   *
   * @param isEverything all that waits was looked at; what is in neither list cannot leave
   */
  settle({
    counting,
    leaving,
    isEverything,
  }: {
    readonly counting: readonly MutationId[];
    readonly leaving: readonly MutationId[];
    readonly isEverything: boolean;
  }): void {
    const could = new Set([...counting, ...leaving]);
    const known = [...this.#countdowns.keys(), ...this.#wanted];
    const gone = isEverything ? known.filter((id) => !could.has(id)) : [];
    for (const id of gone) {
      this.#countdowns.delete(id);
      this.#wanted.delete(id);
    }
    const fresh = counting.filter((id) => !this.hasBegun(id));
    if (fresh.length > 0) this.#begin(fresh);
    if (gone.length + fresh.length > 0) this.#parts.onChange();
  }

  /** "Send now": of what is not counting down any more nothing is said. */
  sendNow(ids: readonly MutationId[]): void {
    for (const id of ids) if (this.hasBegun(id)) this.#wanted.add(id);
    this.#end(ids.flatMap((id) => this.#countdowns.get(id) ?? []));
  }

  /** What ended leaves with the next push, which comes after every page that is wanted. (C5) */
  pulled(): void {
    for (const countdown of this.#countdowns.values())
      if (countdown.state === 'ended') countdown.state = 'over';
  }

  /** The line is gone, or where the server stands must be found out first: none of these could leave now. */
  startOver(): void {
    this.stop();
    if (this.#countdowns.size === 0) return;
    this.#countdowns.clear();
    this.#parts.onChange();
  }

  /** Ends all work. */
  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops.clear();
  }

  #begin(ids: readonly MutationId[]): void {
    const { clock } = this.#parts;
    const delayMs = this.#parts.lengthMs();
    const leavesAtMs = clock.now() + delayMs;
    const begun = ids.map((id) => [id, { leavesAtMs, state: 'running' }] as const);
    for (const [id, countdown] of begun) this.#countdowns.set(id, countdown);
    const stop = clock.after(delayMs, () => {
      this.#stops.delete(stop);
      const standing = begun.filter(([id, countdown]) => this.#countdowns.get(id) === countdown);
      this.#end(standing.map(([, countdown]) => countdown));
    });
    this.#stops.add(stop);
  }

  #end(countdowns: readonly Countdown[]): void {
    const running = countdowns.filter(({ state }) => state === 'running');
    if (running.length === 0) return;
    const leavesAtMs = this.#parts.clock.now();
    for (const countdown of running) Object.assign(countdown, { leavesAtMs, state: 'ended' });
    this.#parts.onChange();
    this.#parts.onEnded();
  }
}
