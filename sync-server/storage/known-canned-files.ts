import type { CannedFile } from '../protocol/canned-replies.ts';
import { mutationArgs } from '../protocol/mutations.ts';
import { type Outcome, refused } from '../protocol/outcome.ts';
import type { StorageTransaction } from './storage.ts';

type Name = 'create_canned_reply' | 'update_canned_reply';
interface Asked {
  readonly name: Name;
  readonly args: unknown;
}
type Held =
  | { readonly kind: 'held'; readonly files: CannedFile[] }
  | Extract<Outcome, { kind: 'refused' }>;

/**
 * Bytes before records, and what they are by the server's word, for canned replies as for posts. [B2, P5] What stood is left as
 * the person saw it.
 */
export async function withKnownCannedFiles(
  transaction: Pick<StorageTransaction, 'blob'>,
  { name, args }: Asked,
): Promise<Outcome | Asked> {
  if (name === 'create_canned_reply') {
    const parsed = mutationArgs[name].safeParse(args);
    if (!parsed.success) return { name, args };
    const held = await heldFiles(transaction, parsed.data.files);
    return held.kind === 'held' ? { name, args: { ...parsed.data, files: held.files } } : held;
  }
  const parsed = mutationArgs[name].safeParse(args);
  if (!parsed.success) return { name, args };
  const changes = [];
  for (const change of parsed.data.changes) {
    if (change.field !== 'files') {
      changes.push(change);
      continue;
    }
    const held = await heldFiles(transaction, change.to);
    if (held.kind !== 'held') return held;
    changes.push({ ...change, to: held.files });
  }
  return { name, args: { ...parsed.data, changes } };
}

async function heldFiles(
  transaction: Pick<StorageTransaction, 'blob'>,
  files: readonly CannedFile[],
): Promise<Held> {
  const known: CannedFile[] = [];
  for (const file of files) {
    const blob = await transaction.blob(file.blobId);
    if (blob === undefined)
      return refused(
        'blob-missing',
        `The file “${file.name}” has not reached the server, so the canned reply was not saved. Add the file again.`,
      );
    known.push({ ...file, mediaType: blob.mediaType, sizeBytes: blob.sizeBytes });
  }
  return { kind: 'held', files: known };
}
