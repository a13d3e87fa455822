// All that is kept of a customer, as far as this device was given it. [O2]

import type { CustomerId } from '../../../sync-server/protocol/ids.ts';
import type { RecordKey } from '../../../sync-server/protocol/records.ts';
import type { ReadableMirror } from './database.ts';

const OF_THE_CUSTOMER = ['job', 'portal_link', 'portal_visit', 'mail'] as const;
const ON_A_JOB = [
  'entry',
  'attachment',
  'read_mark',
  'follow',
  'portal_visit',
  'mail',
  'scheduled_reply',
] as const;
const THEIR_JOBS = 'SELECT id FROM job WHERE customer_id = @customerId';
/** These tables have no column for it. */
const IN_DATA: ReadonlySet<string> = new Set(['portal_visit', 'mail']);

export function belongingsOf(mirror: ReadableMirror, customerId: CustomerId): RecordKey[] {
  const parts = [
    `SELECT 'customer' AS kind, id FROM customer WHERE id = @customerId`,
    ...OF_THE_CUSTOMER.map((kind) => {
      const owner = IN_DATA.has(kind) ? `data ->> '$.customerId'` : 'customer_id';
      return `SELECT '${kind}' AS kind, id FROM ${kind} WHERE ${owner} = @customerId`;
    }),
    ...ON_A_JOB.map(
      (kind) => `SELECT '${kind}' AS kind, id FROM ${kind} WHERE job_id IN (${THEIR_JOBS})`,
    ),
  ];
  return mirror.all<RecordKey>(parts.join(' UNION '), { customerId });
}

interface Counts {
  readonly jobs: number;
  readonly messages: number;
  readonly files: number;
  readonly waiting: number;
}

/** What a person is told that goes with a customer. */
export function countBelongings(mirror: ReadableMirror, customerId: CustomerId): Counts {
  const counts = mirror.get<Counts>(
    `SELECT (SELECT count(*) FROM job WHERE customer_id = @customerId) AS jobs,
       (SELECT count(*) FROM entry WHERE kind = 'reply' AND job_id IN (${THEIR_JOBS})) AS messages,
       (SELECT count(*) FROM attachment WHERE job_id IN (${THEIR_JOBS})) AS files,
       (SELECT count(*) FROM outbox WHERE state <> 'accepted' AND name <> 'mark_read'
         AND (job_id IN (${THEIR_JOBS}) OR args ->> '$.customerId' = @customerId)) AS waiting`,
    { customerId },
  );
  return counts ?? { jobs: 0, messages: 0, files: 0, waiting: 0 };
}
