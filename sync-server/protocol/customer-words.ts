// How the portal, and the preview of it, speak of people, files and answers: plain words, nothing a customer has to learn.

import { MEDIA_TYPES } from './blobs.ts';
import type { FieldValue } from './values.ts';
import { firstName, shownFileName } from './shown-name.ts';
import type { CustomerFile, Thing, Who } from './customer-job.ts';

export function whoWords(who: Who, office: string): string {
  switch (who.kind) {
    case 'you':
      return 'You';
    case 'another-customer':
      return 'Earlier customer';
    case 'staff':
      return who.name === null ? office : `${firstName(who.name)} at ${office}`;
  }
}

/** One line for the list: who did what. */
export function summary(thing: Thing, office: string): string {
  const who =
    thing.who.kind === 'staff' ? staffShort(thing.who.name, office) : whoWords(thing.who, office);
  switch (thing.what.kind) {
    case 'message':
      return `${who}: ${oneLine(thing.what.text)}`;
    case 'files':
      return `${who} sent ${filesInWords(thing.what.files)}`;
    case 'stage':
      return thing.what.isFirst ? `Job opened: ${thing.what.name}` : `Now: ${thing.what.name}`;
    case 'answers':
      return `${who} filled in ${thing.what.answers.map(({ label }) => label).join(', ')}`;
  }
}

function staffShort(name: string | null, office: string): string {
  return name === null ? office : firstName(name);
}

function filesInWords(files: readonly CustomerFile[]): string {
  const [first, ...others] = files;
  if (first === undefined) return 'a file';
  if (others.length === 0) return shownFileName(first.name);
  return `${shownFileName(first.name)} and ${others.length} more`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}

/** "310 kB", "2.6 MB"; the limit of 25 MB reads as 25 MB. */
export function sizeInWords(sizeBytes: number): string {
  if (sizeBytes < 1024) return `${sizeBytes} ${sizeBytes === 1 ? 'byte' : 'bytes'}`;
  const kilobytes = sizeBytes / 1024;
  if (Math.round(kilobytes) < 1024) return `${Math.round(kilobytes)} kB`;
  return `${(kilobytes / 1024).toFixed(1).replace(/\.0$/, '')} MB`;
}

/** "PDF, 310 kB" */
export function fileInWords({
  mediaType,
  sizeBytes,
}: Pick<CustomerFile, 'mediaType' | 'sizeBytes'>): string {
  return `${MEDIA_TYPES[mediaType] ?? 'File'}, ${sizeInWords(sizeBytes)}`;
}

/** What stands in the square where a picture would be: "PDF", "DOCX". */
export function fileBadge({ name, mediaType }: CustomerFile): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(shownFileName(name))?.[1];
  return (ending ?? mediaType.split('/').at(-1)?.slice(0, 4) ?? 'file').toUpperCase();
}

export function answerInWords(value: FieldValue): string {
  if (value === null || value === '') return 'Nothing';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value);
}
