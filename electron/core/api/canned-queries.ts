// The live queries about canned replies. (C6)

import { mayTakeAway } from '../../../sync-server/protocol/mutators/canned-parts.ts';
import { type CannedRow, countCanned, findCanned, listCanned } from '../mirror/canned-replies.ts';
import { memberName } from '../mirror/people.ts';
import { findRecord, findStamp } from '../mirror/records.ts';
import type { CannedQueries, CannedReplyPage } from './canned-contract.ts';
import type { Office } from './office.ts';

type CannedQueryTable = {
  readonly [N in keyof CannedQueries]: {
    readonly reads: readonly string[];
    run(office: Office, args: CannedQueries[N]['args']): CannedQueries[N]['answer'];
  };
};

export const cannedQueries: CannedQueryTable = {
  'canned-replies.list': {
    reads: ['canned_reply'],
    run: ({ mirror }, page) => {
      const count = (sharing: 'shared' | 'personal') =>
        countCanned(mirror, { search: '', sharing });
      return {
        total: countCanned(mirror, page),
        rows: listCanned(mirror, page),
        counts: { shared: count('shared'), personal: count('personal') },
      };
    },
  },
  'canned-replies.one': { reads: ['canned_reply', 'member'], run: cannedPage },
  'canned-replies.find': {
    reads: ['canned_reply'],
    run: ({ mirror }, { search, limit }) => findCanned(mirror, search, limit),
  },
};

function cannedPage(
  office: Office,
  { cannedReplyId }: { readonly cannedReplyId: string },
): CannedReplyPage | null {
  const { mirror } = office;
  const reply = findRecord(mirror, 'canned_reply', cannedReplyId);
  if (reply === undefined) return null;
  const actor = office.actor();
  const row: CannedRow = {
    reply,
    waiting: findStamp(mirror, 'canned_reply', cannedReplyId)?.version === null,
  };
  return {
    ...row,
    changedByName: memberName(mirror, reply.changedBy),
    createdByName: memberName(mirror, reply.createdBy),
    mayTakeAway: actor.kind === 'member' && mayTakeAway(actor, reply),
  };
}
