/** How the server waits: the machine's timers, or those of a simulation, which has a clock of its own. */
export interface Timers {
  /** Calls back once after `delayMs`; the returned function cancels. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Calls back every `spanMs` until the returned function is called. */
  readonly every: (spanMs: number, run: () => void) => () => void;
}

export const machineTimers: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  every: (spanMs, run) => {
    const timer = setInterval(run, spanMs);
    return () => clearInterval(timer);
  },
};
