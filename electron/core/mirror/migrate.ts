import { AppError } from '../errors.ts';
import { initial } from './migrations/001-initial.ts';
import { customersSide } from './migrations/002-customers-side.ts';
import { outboxByContent } from './migrations/003-outbox-by-content.ts';
import { renditions } from './migrations/004-renditions.ts';
import { watchedFolders } from './migrations/005-watched-folders.ts';
import { redactions } from './migrations/006-redactions.ts';
import { renditionNews } from './migrations/007-rendition-news.ts';
import { transfers } from './migrations/008-transfers.ts';
import { jobByCustomer } from './migrations/009-job-by-customer.ts';
import { refusedMails } from './migrations/010-refused-mails.ts';
import { outboxMakers } from './migrations/011-outbox-makers.ts';
import { outboxWithBlobs } from './migrations/012-outbox-with-blobs.ts';
import { mailsRefusedBefore } from './migrations/013-mails-refused-before.ts';
import { searchIndex } from './migrations/014-search-index.ts';
import { entryWithMention } from './migrations/015-entry-with-mention.ts';
import { cannedReplies } from './migrations/016-canned-replies.ts';
import { entryEdits } from './migrations/017-entry-edits.ts';
import { scheduledReplies } from './migrations/018-scheduled-replies.ts';

/** Append only: a migration that left the house is never edited. */
export const MIGRATIONS: readonly string[] = [
  initial,
  customersSide,
  outboxByContent,
  renditions,
  watchedFolders,
  redactions,
  renditionNews,
  transfers,
  jobByCustomer,
  refusedMails,
  outboxMakers,
  outboxWithBlobs,
  mailsRefusedBefore,
  searchIndex,
  entryWithMention,
  cannedReplies,
  entryEdits,
  scheduledReplies,
];

/** As much of a database as migrating needs. */
interface MigratableDatabase {
  pragma(source: string, options?: { simple: boolean }): unknown;
  exec(source: string): unknown;
  transaction(work: () => void): () => void;
}

/**
 * Brings the file to this program's schema, all steps in one transaction: where one fails, the file is as it was. [F3]
 *
 * @param beforeUpgrade called once before an existing file is changed; copies it. [F3]
 * @throws AppError `database-too-new` where a newer program wrote the file; nothing is changed then. (H9)
 */
export function migrate(
  database: MigratableDatabase,
  beforeUpgrade: (fromVersion: number) => void,
  migrations = MIGRATIONS,
): void {
  const found = database.pragma('user_version', { simple: true }) as number;
  if (found > migrations.length) throw new AppError('database-too-new');
  if (found === migrations.length) return;
  if (found > 0) beforeUpgrade(found);
  database.transaction(() => {
    for (const statements of migrations.slice(found)) database.exec(statements);
    database.pragma(`user_version = ${migrations.length}`);
  })();
}
