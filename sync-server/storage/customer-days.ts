// How much a customer has sent today, kept in the database: a restart gives nobody a second day.

import { type Kysely, sql } from 'kysely';
import type { DayVolume } from '../config.ts';
import type { MutationId } from '../protocol/ids.ts';
import type { SessionOwner } from './customer-sessions.ts';
import { selectSettled } from './queries.ts';
import type { Tables } from './tables.ts';

export const NO_VOLUME: DayVolume = { messages: 0, saves: 0, files: 0, bytes: 0 };

/** Who sends how much on which day, in the office's time zone. */
export interface SentOnDay {
  readonly owner: SessionOwner;
  /** "2026-11-12" */
  readonly day: string;
  readonly volume: DayVolume;
  /** What is done with it; where that was done before, it was counted then. [P1] */
  readonly act?: MutationId | undefined;
}

/** Adds all of it where the day then holds no more than `most` of anything; one statement, so of two at once both count. */
export async function addToDay(
  database: Kysely<Tables>,
  { owner, day, volume, act }: SentOnDay,
  most: DayVolume,
): Promise<boolean> {
  if (act !== undefined && (await selectSettled(database, owner.workspaceId, [act])).length > 0)
    return true;
  if (VOLUMES.some((what) => volume[what] > most[what])) return false;
  const sum = (what: keyof DayVolume) =>
    sql<number>`case when customer_day.day = ${day} then customer_day.${sql.ref(what)} else 0 end + ${volume[what]}`;
  const row = await database
    .insertInto('customer_day')
    .values({
      workspace_id: owner.workspaceId,
      customer_id: owner.customerId,
      day,
      ...volume,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'customer_id'])
        .doUpdateSet({
          day,
          messages: sum('messages'),
          saves: sum('saves'),
          files: sum('files'),
          bytes: sum('bytes'),
        })
        .where((fits) => fits.and(VOLUMES.map((what) => fits(sum(what), '<=', most[what])))),
    )
    .returning('day')
    .executeTakeFirst();
  return row !== undefined;
}

const VOLUMES = ['messages', 'saves', 'files', 'bytes'] as const satisfies (keyof DayVolume)[];
