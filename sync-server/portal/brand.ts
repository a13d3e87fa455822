import type { BlobId } from '../protocol/ids.ts';
import type { Workspace } from '../protocol/records.ts';
import type { Hue } from '../protocol/values.ts';

/** How an office looks to its customers. */
export interface Brand {
  readonly office: string;
  /** Null where the office chose none. */
  readonly hue: Hue | null;
  readonly logoBlobId: BlobId | null;
}

export function brandOf({ name, hue, logoBlobId }: Workspace): Brand {
  return { office: name, hue: hue ?? null, logoBlobId: logoBlobId ?? null };
}
