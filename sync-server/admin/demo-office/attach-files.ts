// Takes files off the demo shelf for an entry: the right subject, never the same bytes twice in a job, a name as cameras
// and people give them.

import type { Attachment, Author } from '../../protocol/entries.ts';
import type { Audience } from '../../protocol/values.ts';
import { attachment } from '../../protocol/entries.ts';
import { between, happens, pick, type Random, seededId } from './chance.ts';
import type { DemoFile, Paint } from './demo-files.ts';
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
  /** The paint of the job's car; null where no picture has it. */
  readonly paint: Paint | null;
  /** The text speaks of files, so something must come with it. */
  readonly isPromised: boolean;
}

export class FileShelf {
  readonly #taken = new Map<string, Set<DemoFile>>();
  readonly #files: readonly DemoFile[];
  readonly #random: Random;

  constructor(files: readonly DemoFile[], random: Random) {
    this.#files = files;
    this.#random = random;
  }

  /** One file for each topic that still has one the job does not show yet; rather none than another car's. */
  attach(topics: readonly Topic[], to: AttachTo): Attachment[] {
    return topics.flatMap((topic) => {
      const free = this.#files.filter(
        (file) =>
          file.topic === topic &&
          !this.#takenBy(to.jobId).has(file) &&
          (!to.byCustomer || file.isPersonal),
      );
      const fitting = [
        free.filter((file) => file.paint !== null && file.paint === to.paint),
        free.filter((file) => file.paint === null),
        to.isPromised ? free : [],
      ].find((files) => files.length > 0);
      return fitting === undefined ? [] : [this.#attachment(pick(this.#random, fitting), to)];
    });
  }

  /** @throws where the shelf has no such file */
  attachNamed(paths: readonly string[], to: AttachTo): Attachment[] {
    return paths.map((path) => {
      const file = this.#files.find((candidate) => candidate.path === path);
      if (file === undefined) throw new Error(`There is no demo file “${path}”.`);
      return this.#attachment(file, to);
    });
  }

  #takenBy(jobId: string): Set<DemoFile> {
    const taken = this.#taken.get(jobId) ?? new Set();
    this.#taken.set(jobId, taken);
    return taken;
  }

  #attachment(file: DemoFile, to: AttachTo): Attachment {
    this.#takenBy(to.jobId).add(file);
    return attachment.parse({
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

/** What a colour's full name comes down to on a picture. */
export function paintOf(colour: string): Paint | null {
  const found = /grey|silver|blue|red|white|ivory|black/.exec(colour.toLowerCase())?.[0];
  return found === undefined ? null : (PAINTS[found] ?? null);
}

const PAINTS: Readonly<Record<string, Paint>> = {
  grey: 'grey',
  silver: 'silver',
  blue: 'blue',
  red: 'red',
  white: 'white',
  ivory: 'white',
  black: 'black',
};
