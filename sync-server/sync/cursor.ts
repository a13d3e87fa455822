// A cursor says where a device stands: in which database, which workspace, at which version, or how far into its first
// snapshot. Devices do not look inside. [L6]

import * as z from 'zod';
import { workspaceId } from '../protocol/ids.ts';

const base = {
  epoch: z.string().max(60),
  workspaceId,
  version: z.int().min(0),
  /** The older version of the protocol its rows were told in; absent where nothing was left out. [H9] */
  toldIn: z.int().min(1).optional(),
};

const content = z.discriminatedUnion('at', [
  /** Everything up to `version` is on the device. */
  z.strictObject({ at: z.literal('version'), ...base }),
  /** A snapshot as of `version` is under way. [L2] */
  z.strictObject({
    at: z.literal('snapshot'),
    ...base,
    place: z.strictObject({
      phase: z.enum(['frame', 'jobs', 'feed', 'rest']),
      after: z.strictObject({ version: z.int().min(0), id: z.string().max(100) }).optional(),
    }),
    rowsSent: z.int().min(0),
    rowsTotal: z.int().min(0),
  }),
]);
export type CursorContent = z.infer<typeof content>;
export type SnapshotCursor = Extract<CursorContent, { at: 'snapshot' }>;

export function writeCursor(at: CursorContent): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

/** Undefined for whatever this server did not write. */
export function readCursor(cursor: string): CursorContent | undefined {
  try {
    const parsed = content.safeParse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown,
    );
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
