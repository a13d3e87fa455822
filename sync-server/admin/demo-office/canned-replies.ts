// What the demo office sends again and again, and one of Mara's own. (C6)

import { type CannedReply, cannedReply } from '../../protocol/canned-replies.ts';
import type { DemoFile } from './demo-files.ts';
import { colleagues, furnitureId, type MemberKey } from './office.ts';

interface Sketch {
  readonly title: string;
  readonly text: string;
  readonly by: MemberKey;
  readonly isPersonal?: true;
  /** Of the shelf, with the name it has here. */
  readonly file?: { readonly path: string; readonly name: string };
}

const SKETCHES: readonly Sketch[] = [
  {
    title: 'Ready to collect',
    by: 'mara',
    text: `Hello {first_name},

good news: {job} is done, and the car is ready. You can collect it on weekdays between 7:30 and 17:00; the keys are at the front desk.

Please bring the job number {reference} with you.

{author}, {office}`,
  },
  {
    title: 'Care of fresh paint',
    by: 'henrik',
    file: { path: 'warranty.doc', name: 'Warranty and care.doc' },
    text: `Hello {first_name},

for the first four weeks please wash the car by hand only, and use no polish. What else the new paint likes, and what our warranty covers, is in the file.

{author}`,
  },
  {
    title: 'Photos of the damage, please',
    by: 'jonas',
    text: `Hello {first_name},

could you send us three photos: one of the whole car, one of the damage from a step away, and one from close by? You can add them right here, from your phone.

Thank you,
{author}`,
  },
  {
    title: 'Waiting for a part',
    by: 'selin',
    text: `Hello {first_name},

the part for {job} is late at our supplier, and we cannot go on without it. As soon as it is here we write to you with a new date.

We are sorry for the wait,
{author}`,
  },
  {
    title: 'Courtesy car',
    by: 'jonas',
    text: `Hello {first_name},

while your car is with us you can have one of ours, free of charge. Please bring your driving licence, and fill it up again before you bring it back.

{author}, {office}`,
  },
  {
    title: 'Opening hours and directions',
    by: 'mara',
    text: `We are open on weekdays from 7:30 to 17:00, and on Saturdays from 9 to 12.

By car: first gate behind the fish market, Kaistraße 14. By bus: line 112, stop Alter Kran.

{author}, {office}`,
  },
  {
    title: 'Ask the insurer again',
    by: 'mara',
    isPersonal: true,
    text: `Called about {reference} ({customer}): the adjuster has not answered yet. I ask again in three days.`,
  },
];

/** @param atMs when the last of them was changed */
export function cannedReplies(files: readonly DemoFile[], atMs: number): CannedReply[] {
  return SKETCHES.map(({ title, text, by, isPersonal, file }, index) => {
    const memberId = colleagues[by].id;
    return cannedReply.parse({
      id: furnitureId(9, index + 1),
      ownerId: isPersonal === true ? memberId : null,
      title,
      text,
      files: file === undefined ? [] : [fileOf(files, file)],
      createdBy: memberId,
      changedBy: memberId,
      changedAt: new Date(atMs - (SKETCHES.length - index) * WEEK_MS).toISOString(),
    });
  });
}

const WEEK_MS = 7 * 24 * 3_600_000;

/** @throws where the shelf has no such file */
function fileOf(files: readonly DemoFile[], { path, name }: NonNullable<Sketch['file']>) {
  const found = files.find((file) => file.path === path);
  if (found === undefined) throw new Error(`There is no demo file “${path}”.`);
  const { blobId, mediaType, sizeBytes } = found;
  return { blobId, name, mediaType, sizeBytes };
}
