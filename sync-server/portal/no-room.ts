// A server whose disk is full, as a customer meets it: they are told, and nothing they wrote is lost over it. [F2]

import { isDiskFull } from '../errors.ts';

/** Where no office is known, and nothing was written that could be given back. */
export const NO_ROOM =
  'The server has no room just now, so nothing was changed. Try again later, or call the office.';

/** Does it, or answers with what a full disk is answered with; every other failure passes as it is. */
export async function unlessFull<T>(work: () => Promise<T>, whenFull: () => T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDiskFull(error)) return whenFull();
    throw error;
  }
}
