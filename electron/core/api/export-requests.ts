// What a person asks of exports, and what the dialog shows before one begins. (G4)

import { countEntries } from '../mirror/entries.ts';
import { findBlob } from '../attachments/blobs.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { filesOfJob } from '../mirror/job-files.ts';
import { findRecord } from '../mirror/records.ts';
import { openReplies } from '../mirror/scheduled.ts';
import { mutationsOfJob } from '../outbox/outbox.ts';
import { customerSight } from './customer-copy.ts';
import type {
  CopyOutlook,
  ExportOutlook,
  ExportQueries,
  ExportRequests,
} from './exports-contract.ts';
import { whyNoCustomerCopy } from './make-export.ts';
import type { Office } from './office.ts';

type PerformExportRequests = {
  readonly [N in keyof ExportRequests]: (
    office: Office,
    args: ExportRequests[N]['args'],
  ) => ExportRequests[N]['answer'] | Promise<ExportRequests[N]['answer']>;
};

export const exportRequests: PerformExportRequests = {
  'exports.begin': ({ exports }, wish) => ({ exportId: exports.begin(wish) }),

  'exports.let-go': async ({ exports }, { exportId }) => {
    await exports.letGo(exportId);
    return {};
  },
};

type ExportQueryTable = {
  readonly [N in keyof ExportQueries]: {
    readonly reads: readonly string[];
    run(office: Office, args: ExportQueries[N]['args']): ExportQueries[N]['answer'];
  };
};

export const exportQueries: ExportQueryTable = {
  'exports.outlook': {
    reads: ['job', 'pipeline', 'customer'],
    run: ({ mirror }, { jobId }) => outlookOf(mirror, jobId),
  },
  'exports.one': {
    reads: ['export'],
    run: ({ exports }, { exportId }) => exports.state(exportId),
  },
};

function outlookOf(mirror: ReadableMirror, jobId: string): ExportOutlook | null {
  const job = findRecord(mirror, 'job', jobId);
  const customer = job && findRecord(mirror, 'customer', job.customerId);
  if (customer === undefined) return null;
  const files = filesOfJob(mirror, jobId)
    .map(({ attachment }) => attachment)
    .filter(({ redacted }) => redacted === undefined);
  const scheduled = openReplies(mirror, jobId).map(({ reply }) => reply);
  const full = copyOutlook(mirror, {
    entries: countEntries(mirror, jobId).all + scheduled.length,
    files: [...files, ...scheduled.flatMap((reply) => reply.files)],
    waiting: mutationsOfJob(mirror, jobId).length,
  });
  const sight = customerSight(mirror, jobId);
  if ('why' in sight) {
    const sentence = sight.why === 'no-job' ? '' : whyNoCustomerCopy(sight.why);
    return { customerName: customer.name, full, customer: null, whyNoCustomerCopy: sentence };
  }
  const { seen, attachments, leftOut } = sight;
  return {
    customerName: customer.name,
    full,
    customer: copyOutlook(mirror, {
      entries: seen.things.length,
      files: [...attachments.values()],
      waiting: leftOut,
    }),
    whyNoCustomerCopy: '',
  };
}

/** Fonts and the first page, an entry, a picture: what they take in a PDF, about. */
const BYTES_OF = { pdf: 20_000, entry: 350, picture: 70_000 } as const;

interface Held {
  readonly entries: number;
  readonly files: readonly {
    readonly blobId: string;
    readonly mediaType: string;
    readonly sizeBytes: number;
  }[];
  readonly waiting: number;
}

function copyOutlook(mirror: ReadableMirror, { entries, files, waiting }: Held): CopyOutlook {
  const pictures = files.filter(({ mediaType }) => mediaType.startsWith('image/')).length;
  const pdfBytes = BYTES_OF.pdf + entries * BYTES_OF.entry + pictures * BYTES_OF.picture;
  return {
    entries,
    files: files.length,
    filesElsewhere: files.filter(({ blobId }) => findBlob(mirror, blobId) === undefined).length,
    waiting,
    pdfBytes,
    zipBytes: pdfBytes + files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) + entries * 300,
  };
}
