// The session a customer's link opens. It is written down with the link's use, so that whatever signs them out finds both. (A6, E1)

import * as z from 'zod';
import { tokenHash } from './ids.ts';
import { instant } from './values.ts';

export const newSession = z.strictObject({
  id: z.uuid(),
  tokenHash,
  /** In words: "Chrome on Android". */
  device: z.string().max(100),
  expiresAt: instant,
});
export type NewSession = z.infer<typeof newSession>;
