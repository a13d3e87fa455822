// What waits on this device, as a zip a person can keep or hand to somebody: every word of theirs and every file. (H4) [P3]

import type { ZipPlan } from '../attachments/zip-files.ts';
import { allMutations } from '../outbox/outbox.ts';
import type { OutboxItem, OutboxState } from './outbox-contract.ts';
import type { Office } from './office.ts';
import { outboxList } from './outbox-list.ts';
import { typedLines } from './typed-lines.ts';

/** @param mutationIds which; none of them names everything that waits */
export async function planOutboxCopy(
  office: Office,
  mutationIds: readonly string[],
): Promise<ZipPlan> {
  const { mirror } = office;
  const items = outboxList(office).filter(
    ({ mutationId }) => mutationIds.length === 0 || mutationIds.includes(mutationId),
  );
  const typed = new Map(
    allMutations(mirror).map((mutation) => [mutation.id, typedLines(mirror, mutation)]),
  );
  const files: ZipPlan['files'][number][] = [];
  const missing: string[] = [];
  for (const { name, blobId } of items.flatMap((item) => item.files))
    if ((await office.blobs.sizeOf(blobId)) === undefined) missing.push(name);
    else files.push({ name, blobId });
  const texts = items.map((item) => itemText(item, typed.get(item.mutationId) ?? []));
  const text = texts.join(`\n${'-'.repeat(60)}\n\n`);
  return {
    name: `Waiting to send, ${office.now().slice(0, 10)}.zip`,
    texts: [{ name: 'What waits.txt', text }],
    files,
    missing,
  };
}

function itemText(item: OutboxItem, typed: readonly string[]): string {
  const reader = item.audience === 'visible' ? 'for the customer' : 'for the team';
  const job = [item.jobReference ?? '', item.jobTitle].join(' ').trim();
  const lines = [
    `${item.title} (${reader})`,
    job,
    `Written ${item.writtenAt}`,
    stateText(item.state),
    ...item.files.map(({ name }) => `File: ${name}`),
    '',
    ...typed,
    item.text,
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function stateText(state: OutboxState): string {
  switch (state.kind) {
    case 'waiting':
    case 'counting-down':
    case 'sending':
      return 'Waiting to be sent';
    case 'waits-for-look':
      return 'Waiting to be looked at';
    case 'accepted':
      return 'With the server';
    case 'refused':
      return `Refused: ${state.refusal.sentence}`;
    case 'conflicted':
      return 'Not applied: something newer stood';
    case 'held':
      return 'Held: the job moved on before it was sent';
  }
}
