// The activity of a copy as JSON, one entry on a line, written as it is read. It holds what the copy's pages hold: a customer
// copy has no ids, no audience and no word of anything else. (G4)

import { setImmediate as laterOn } from 'node:timers/promises';
import type { LaidFiles } from './copy-files.ts';
import type { CopyFile, JobCopy } from './job-copy.ts';

export async function* activityText(
  copy: JobCopy,
  { laid, madeAt, signal }: { laid: LaidFiles; madeAt: string; signal: AbortSignal },
): AsyncGenerator<string> {
  const { copy: kind, officeName, reference, title, stage, facts } = copy.head;
  const files = new Map(copy.files.map((file) => [file.id, file]));
  const about = {
    format: 'docket-activity-1',
    copy: kind,
    office: officeName,
    reference,
    title,
    stage: stage.name,
    facts,
    form: copy.form,
    madeAt,
  };
  yield `{"about":${JSON.stringify(about)},\n"entries":[`;
  let isFirst = true;
  for (const entries of copy.entries()) {
    let lines = '';
    for (const { data, files: ids } of entries) {
      const given = ids.flatMap((id) => files.get(id) ?? []);
      const entry = { ...data, files: given.map((file) => fileData(file, laid)) };
      lines += `${isFirst ? '' : ','}\n${JSON.stringify(entry)}`;
      isFirst = false;
    }
    yield lines;
    await laterOn();
    signal.throwIfAborted();
  }
  const rows = copy.files.map((file) => JSON.stringify(fileData(file, laid)));
  yield `\n],\n"files":[\n${rows.join(',\n')}\n]}\n`;
}

/** `path` is its place in the zip, null where it is not in it. */
function fileData({ id, data }: CopyFile, laid: LaidFiles) {
  return { ...data, path: laid.pathInZip.get(id) ?? null };
}
