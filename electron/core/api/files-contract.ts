// The part of the contract that is about what was posted: its audience, its name, taking it back. (C10, D3, D9)

import type { AttachmentId, EntryId } from '../../../sync-server/protocol/ids.ts';
import type { Audience } from '../../../sync-server/protocol/records.ts';

type Done = Record<string, never>;

export interface FileRequests {
  /** Takes an own note or reply back, its files with it. (C10) */
  'entries.withdraw': { args: { entryId: EntryId }; answer: Done };
  /** Removes what an entry says for good; admins only. `withFiles` removes its files' bytes, too. (C10) */
  'entries.redact': { args: { entryId: EntryId; withFiles: boolean }; answer: Done };

  'files.change-audience': { args: ChangeFileAudience; answer: Done };
  'files.rename': {
    /** `fromName` is the name the person saw. */
    args: { attachmentId: AttachmentId; fromName: string; toName: string };
    answer: Done;
  };
  'files.withdraw': { args: { attachmentId: AttachmentId }; answer: Done };
  /** Removes a file's bytes for good, everywhere; admins only. (C10) */
  'files.redact': { args: { attachmentId: AttachmentId }; answer: Done };
}

export interface ChangeFileAudience {
  readonly attachmentId: AttachmentId;
  readonly audience: Audience;
  /** The name the person saw and confirmed. */
  readonly fromName: string;
  /** Of a photo made visible: the customer gets it with the place it was taken. (D6) */
  readonly keepsLocation: boolean;
  /** `seenVersion` of the job page the person had open. [P6] */
  readonly seenVersion: number;
}
