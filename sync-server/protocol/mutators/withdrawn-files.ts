import type { MemberId } from '../ids.ts';
import { type Answer, type Ask, type MutationContext, read } from '../mutator.ts';
import type { Entry } from '../entries.ts';
import type { Job, KindedRecord } from '../records.ts';
import { fileVisibleSince, undoingBy } from './file-parts.ts';

/** What the customer no longer reads brings along no file they could still fetch. (C10, E7) */
export function* withdrawnFiles(
  entry: Entry,
  { memberId, job }: { readonly memberId: MemberId; readonly job: Job },
  context: MutationContext,
): Generator<Ask, KindedRecord[], Answer> {
  const puts: KindedRecord[] = [];
  for (const id of 'attachmentIds' in entry ? entry.attachmentIds : []) {
    const file = yield* read('attachment', id);
    if (file === undefined || file.withdrawn !== undefined || file.redacted !== undefined) continue;
    const visibleSince = fileVisibleSince(file, entry);
    const withdrawn = yield* undoingBy(memberId, { job, visibleSince }, context);
    puts.push({ kind: 'attachment', record: { ...file, withdrawn } });
  }
  return puts;
}
