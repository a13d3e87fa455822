import { expect, test } from 'vitest';
import type { EntryPreview } from '../../../electron/core/api/jobs-contract.ts';
import { previewWords } from '../../../renderer/activity/preview-words.ts';

const preview: EntryPreview = {
  kind: 'reply',
  audience: 'internal',
  fromCustomer: false,
  authorName: 'Jonas Ostrowski',
  mine: false,
  snippet: 'Is Thursday\nstill possible?',
};

test.each<[Partial<EntryPreview>, string]>([
  [{}, 'Jonas: Is Thursday still possible?'],
  [{ mine: true }, 'You: Is Thursday still possible?'],
  [{ fromCustomer: true }, 'Jonas Ostrowski: Is Thursday still possible?'],
  [{ kind: 'file', snippet: '2 files' }, 'Jonas added 2 files'],
  [{ kind: 'status_change', snippet: 'Booked → Ready' }, 'Status: Booked → Ready'],
  [{ kind: 'assignment', snippet: 'Mara Kühn' }, 'Assigned to Mara Kühn'],
])('(A2) a line about %o reads “%s”', (change, words) => {
  expect(previewWords({ ...preview, ...change })).toBe(words);
});
