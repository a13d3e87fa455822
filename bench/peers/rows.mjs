// The rows of a filled mirror, one JSON object a line with its table's name: what the peers replicate.

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** @param {string} file */
export function readRows(file) {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  return lines[Symbol.asyncIterator]();
}

/** Says what was measured, as every program of a bench does: one line of JSON. */
export function report(measured) {
  const peakRssMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ ...measured, peakRssMb })}\n`, () => process.exit(0));
}

/** Notes as a person would write them, to be flushed. */
export function* notes(count) {
  for (let index = 0; index < count; index += 1)
    yield {
      id: `note-${index}`,
      text: 'Rang the insurer: the rear bumper is approved without a cut, the part arrives on Monday.',
    };
}
