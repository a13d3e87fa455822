// The part of the contract that puts another text in place of one's own. (C10)

import type { EntryId } from '../../../sync-server/protocol/ids.ts';
import type { None } from './none-contract.ts';

export interface EditRequests {
  /** What stands unchanged is no act; an edit that has not left yet takes the new text up. */
  'entries.edit': { args: EditEntry; answer: None };
}

export interface EditEntry {
  readonly entryId: EntryId;
  /** `editBasis` of the feed's item whose text the author began with. (H5) */
  readonly basedOn: string;
  readonly text: string;
}
