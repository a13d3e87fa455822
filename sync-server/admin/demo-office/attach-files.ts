// Takes files off the demo shelf for an entry: the right subject, never the same bytes twice in a job, a name as cameras
// and people give them.

import type { Attachment, Audience, Author } from '../../protocol/records.ts';
import * as records from '../../protocol/records.ts';
import { between, happens, pick, type Random, seededId } from './chance.ts';
import type { DemoFile } from './demo-files.ts';
import type { Topic } from './story.ts';

export interface AttachTo {
  readonly entryId: string;
  readonly jobId: string;
  readonly audience: Audience;
  readonly author: Author;
  readonly atMs: number;
  readonly plate: string;
  readonly reference: string;
  readonly byCustomer: boolean;
}

export class FileShelf {
  readonly #taken = new Map<string, Set<DemoFile>>();
  readonly #files: readonly DemoFile[];
  readonly #random: Random;

  constructor(files: readonly DemoFile[], random: Random) {
    this.#files = files;
    this.#random = random;
  }

  /** One file for each topic that still has one the job does not show yet. */
  attach(topics: readonly Topic[], to: AttachTo): Attachment[] {
    return topics.flatMap((topic) => {
      const taken = this.#taken.get(to.jobId) ?? new Set();
      const free = this.#files.filter(
        (file) => file.topic === topic && !taken.has(file) && (!to.byCustomer || file.isPersonal),
      );
      if (free.length === 0) return [];
      const file = pick(this.#random, free);
      this.#taken.set(to.jobId, taken.add(file));
      return [this.#attachment(file, to)];
    });
  }

  #attachment(file: DemoFile, to: AttachTo): Attachment {
    return records.attachment.parse({
      id: seededId(this.#random, to.atMs),
      jobId: to.jobId,
      entryId: to.entryId,
      blobId: file.blobId,
      name: nameOf(file, to, this.#random),
      mediaType: file.mediaType,
      sizeBytes: file.sizeBytes,
      audience: to.audience,
      author: to.author,
    });
  }
}

function nameOf(file: DemoFile, to: AttachTo, random: Random): string {
  const ending = file.path.slice(file.path.lastIndexOf('.') + 1);
  const plate = to.plate.replace(/\s+/g, '-');
  if (file.title !== null)
    return file.title.replace('{ref}', to.reference).replace('{plate}', plate);
  const stamp = new Date(to.atMs).toISOString().replace(/\D/g, '');
  if (ending === 'heic') return `IMG_${between(random, 1200, 9800)}.HEIC`;
  if (to.byCustomer || happens(random, 0.5))
    return pick(random, [
      `IMG_${between(random, 1200, 9800)}.${ending}`,
      `${stamp.slice(0, 8)}_${stamp.slice(8, 14)}.${ending}`,
    ]);
  return `${plate}-${file.topic}-${between(random, 1, 9)}.${ending}`;
}
