// A cursor says where a device stands: in which database, which workspace, at which version. Devices do not look inside.

import * as z from 'zod';
import { workspaceId } from '../protocol/ids.ts';

const content = z.strictObject({
  epoch: z.string().max(60),
  workspaceId,
  version: z.int().min(0),
});
export type CursorContent = z.infer<typeof content>;

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
