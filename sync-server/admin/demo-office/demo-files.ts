// The demo office's shelf of files: small, real, at least one of every supported type. Drawn and written for this office;
// what a file is called on a job is decided when it is attached.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mediaTypeOfFile } from '../../blobs/media-type.ts';
import { type BlobId, blobId } from '../../protocol/ids.ts';
import type { Topic } from './story.ts';

interface Listed {
  /** Its name in the folder `files`. */
  readonly path: string;
  readonly topic: Topic;
  /** What people call it, with `{ref}` and `{plate}` of the job; null for a photo, which gets a camera's name. */
  readonly title: string | null;
  /** A customer might have it. */
  readonly isPersonal: boolean;
  /** The colour of the car on it; null where no paint is seen. */
  readonly paint: Paint | null;
}

export type Paint = 'grey' | 'silver' | 'blue' | 'red' | 'white' | 'black';

export interface DemoFile extends Listed {
  readonly blobId: BlobId;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

export const DEMO_FILES_FOLDER = join(import.meta.dirname, 'files');

/** Type and hash come from the bytes, as they do for every file. [B1] (D1) */
export async function readDemoFiles(): Promise<readonly DemoFile[]> {
  return Promise.all(
    LISTED.map(async (listed) => {
      const path = join(DEMO_FILES_FOLDER, listed.path);
      const bytes = await readFile(path);
      const mediaType = await mediaTypeOfFile(path);
      if (mediaType === undefined) throw new Error(`${listed.path} is of no supported type.`);
      const hash = createHash('sha256').update(bytes).digest('hex');
      return { ...listed, blobId: blobId.parse(hash), mediaType, sizeBytes: bytes.length };
    }),
  );
}

const photo = (
  path: string,
  topic: Topic,
  paint: Paint | null = null,
  isPersonal = false,
): Listed => ({ path, topic, title: null, isPersonal, paint });

const paper = (path: string, topic: Topic, title: string, isPersonal = false): Listed => ({
  path,
  topic,
  title,
  isPersonal,
  paint: null,
});

const LISTED: readonly Listed[] = [
  photo('dent-quarter.heic', 'dent', 'grey', true),
  photo('dent-door.jpg', 'dent', 'blue', true),
  photo('dent-tailgate.jpg', 'dent', 'red', true),
  photo('dent-van.jpg', 'dent', 'white', true),
  photo('dent-bumper.jpg', 'dent', null, true),
  photo('scratch-sill.heic', 'scratch', 'grey', true),
  photo('scratch-side.jpg', 'scratch', 'silver', true),
  photo('scratch-bumper.jpg', 'scratch', 'white', true),
  photo('hail-bonnet.jpg', 'hail', 'grey'),
  photo('hail-roof.jpg', 'hail', 'blue'),
  photo('hail-roof-silver.jpg', 'hail', 'silver'),
  photo('hail-outside.avif', 'hail', 'black'),
  photo('glass-crack.jpg', 'glass'),
  photo('glass-star.png', 'glass'),
  photo('odometer-one.jpg', 'odometer'),
  photo('odometer-two.jpg', 'odometer'),
  photo('workshop-hall.webp', 'workshop'),
  photo('workshop-bench.avif', 'workshop'),
  photo('part-bumper.jpg', 'part'),
  photo('part-headlamp.jpg', 'part'),
  photo('paint-cards-grey.jpg', 'paint', 'grey'),
  photo('paint-primer.webp', 'paint', 'blue'),
  paper('paint-compare.gif', 'paint', 'colour-cards-side-by-side.gif'),
  photo('finished-quarter.jpg', 'finished', 'grey'),
  photo('finished-tailgate.jpg', 'finished', 'red'),
  photo('finished-door.webp', 'finished', 'blue'),
  photo('interior-stain.jpg', 'interior'),
  photo('slip-bench.jpg', 'slip'),
  photo('slip-missing.jpg', 'slip'),
  paper('slip-scan.tiff', 'slip', 'scan-delivery-note.tiff'),
  paper('delivery-note.pdf', 'slip', 'delivery-note-{ref}.pdf'),
  paper('return-label.png', 'label', 'return-label.png'),
  photo('gauge-panel.jpg', 'measurements'),
  paper('gauge-display.bmp', 'measurements', 'gauge-0412.bmp'),
  paper('paint-readings.txt', 'measurements', 'paint-readings-{plate}.txt'),
  paper('fault-memory.txt', 'measurements', 'fault-memory-{plate}.txt'),
  paper('dent-count.numbers', 'measurements', 'dent-count-{plate}.numbers'),
  paper('estimate.pdf', 'estimate', 'estimate-{ref}.pdf'),
  paper('estimate-parts.pdf', 'estimate', 'estimate-{ref}-new-part.pdf'),
  paper('parts-list.xls', 'estimate', 'parts-{ref}.xls'),
  paper('invoice.pdf', 'invoice', 'invoice-{ref}.pdf'),
  paper('invoice-excess.pdf', 'invoice', 'invoice-{ref}-excess.pdf'),
  paper('warranty.doc', 'invoice', 'Warranty and care.doc'),
  paper('expert-report.pdf', 'report', 'expert-report-{plate}.pdf'),
  paper('hail-report.pdf', 'hail-report', 'hail-report-{plate}.pdf'),
  paper('return-report.pdf', 'return-report', 'damage-report-{plate}.pdf'),
  paper('release-letter.pdf', 'letter', 'release-{ref}.pdf'),
  paper('letter-to-insurer.docx', 'objection', 'objection-{ref}.docx'),
  paper('policy-page.pdf', 'policy', 'policy-page-3.pdf', true),
  paper('hours.xlsx', 'hours', 'hours-{ref}.xlsx'),
];
