// How long to wait before trying again. [F4]

const FIRST_DELAY_MS = 1000;
export const BACKOFF_CEILING_MS = 15_000;

/**
 * Exponential with jitter and a ceiling: between half and the whole of 1, 2, 4, 8, 15, 15 … seconds. [F4]
 *
 * @param attempt failures in a row so far, from 1
 * @param chance uniform in [0, 1)
 */
export function backoffMs(attempt: number, chance: number): number {
  const whole = Math.min(BACKOFF_CEILING_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
