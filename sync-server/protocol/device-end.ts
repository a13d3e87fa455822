// In which way a device was signed out by somebody else. Whoever holds its token may learn that much, and nothing more: no
// name, no time. An unknown token learns nothing. (J1)

import * as z from 'zod';

/**
 * `admin`: an admin signed it out. `owner`: its member did, on another device. `password`: the member's password was changed,
 * and other devices with it. `removal`: the member is no longer in the office.
 */
export const deviceEnd = z.enum(['admin', 'owner', 'password', 'removal']);
export type DeviceEnd = z.infer<typeof deviceEnd>;

/** How the server names it where it turns the device away. */
export type SignedOutBy = `signed-out-by-${DeviceEnd}`;

export const signedOutBy = (end: DeviceEnd): SignedOutBy => `signed-out-by-${end}`;

/** Undefined for every other reason to turn somebody away. */
export function deviceEndOf(said: string | null): DeviceEnd | undefined {
  return deviceEnd.options.find((end) => said === signedOutBy(end));
}
