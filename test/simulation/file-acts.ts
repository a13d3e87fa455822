// What people do with files: they add them to what they write, and change their minds about them.

import type { RequestName, Requests } from '../../electron/core/api/contract.ts';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { PostEntry } from '../../electron/core/api/posting-contract.ts';
import type { EntryId, JobId } from '../../sync-server/protocol/ids.ts';
import type { Entry } from '../../sync-server/protocol/entries.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { World } from './world.ts';

const ALL_FILES = {
  sort: 'date',
  isAscending: false,
  types: [],
  audiences: [],
  search: '',
} as const;

/** A person at their desk, as far as acts outside of `Person` need them. */
export interface Hand {
  readonly world: World;
  readonly desk: SimulatedDesk;
  page(): JobPage | undefined;
  ask<N extends RequestName>(
    name: N,
    args: Requests[N]['args'],
    onEnd?: (isDone: boolean) => void,
  ): void;
}

/** Undefined where the desk dies over it. */
export async function addFiles(
  { world, desk }: Hand,
  jobId: JobId,
): Promise<PostEntry['files'] | undefined> {
  const { run, files } = world;
  const added: PostEntry['files'][number][] = [];
  for (let left = run.chance.between(1, 2); left > 0; left -= 1) {
    const { name, text } = files.take();
    const result = await desk.addFile(name, text);
    if (result?.kind !== 'added') return undefined;
    run.count('files added');
    const audience = run.chance.happens(0.5) ? 'visible' : 'internal';
    const file = { blobId: result.blobId, name, audience } as const;
    const older = run.chance.happens(0.2) ? pickFile({ world, desk }, jobId) : undefined;
    if (older !== undefined) run.count('files that replace another');
    added.push(older === undefined ? file : { ...file, replacesId: older.id });
  }
  return desk.isRunning ? added : undefined;
}

export function changeFile(hand: Hand): void {
  const { run } = hand.world;
  const page = hand.page();
  const file = page && pickFile(hand, page.job.id);
  if (page === undefined || file === undefined) return;
  const { id: attachmentId, name: fromName } = file;
  const counting = (name: Parameters<typeof run.count>[0]) => (isDone: boolean) => {
    if (isDone) run.count(name);
  };
  switch (run.chance.weighted({ audience: 5, rename: 3, withdraw: 2, redact: 3 })) {
    case 'audience': {
      const isShowing = file.audience === 'internal';
      const audience = isShowing ? 'visible' : 'internal';
      const seenVersion = page.seenVersion;
      const act = { attachmentId, audience, fromName, seenVersion, keepsLocation: false } as const;
      const counted = counting(isShowing ? 'files made visible' : 'files made internal');
      hand.ask('files.change-audience', act, counted);
      break;
    }
    case 'rename': {
      const toName = hand.world.files.newName();
      hand.ask('files.rename', { attachmentId, fromName, toName }, counting('files renamed'));
      break;
    }
    case 'withdraw':
      hand.ask('files.withdraw', { attachmentId }, counting('files withdrawn'));
      break;
    case 'redact':
      hand.ask('files.redact', { attachmentId }, counting('files redacted'));
      break;
  }
}

/** Takes back something of their own, or removes something for good. (C10) */
export function undoEntry(hand: Hand): void {
  const { run } = hand.world;
  const page = hand.page();
  if (page === undefined) return;
  const isForGood = run.chance.happens(0.3);
  const entries = entriesOf(hand, page.job.id).filter(
    ({ kind, author }) =>
      (kind === 'reply' || kind === 'file') &&
      (isForGood || authorIdOf(author) === hand.desk.account.memberId),
  );
  const entryId = run.chance.pickAny(entries)?.id;
  if (entryId === undefined) return;
  if (isForGood) {
    const withFiles = run.chance.happens(0.5);
    hand.ask('entries.redact', { entryId, withFiles }, (isDone) => {
      if (isDone) run.count('entries redacted');
    });
  } else
    hand.ask('entries.withdraw', { entryId }, (isDone) => {
      if (isDone) run.count('entries withdrawn');
    });
}

function authorIdOf(author: Entry['author']): string | null {
  return author.kind === 'member' ? author.memberId : null;
}

function entriesOf({ desk }: Hand, jobId: JobId): readonly (Entry & { id: EntryId })[] {
  const rows = desk.mirror?.all<{ data: string }>(
    'SELECT data FROM entry WHERE job_id = @jobId ORDER BY id',
    { jobId },
  );
  return (rows ?? []).map(({ data }) => JSON.parse(data) as Entry);
}

/** One that stands on their screen. */
function pickFile({ world, desk }: Pick<Hand, 'desk' | 'world'>, jobId: JobId) {
  const list = desk.window.ask('files.list', { jobId, sieve: ALL_FILES, offset: 0, limit: 200 });
  const rows = list?.rows ?? [];
  return world.run.chance.pickAny(rows.flatMap((row) => [row, ...row.older]));
}
