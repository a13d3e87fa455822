import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { FileRow } from '../../electron/core/api/files-contract.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { timeOrDay } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { FileActItems } from './file-acts-menu.tsx';
import { FilePreview } from './file-preview.tsx';
import { audienceOf } from './file-sieve.ts';
import { undoneWords } from './undone-words.ts';
import type { FileActs } from './use-file-acts.tsx';
import type { FileWindow } from './use-file-window.ts';

/** Which file is looked at: of all that are shown, or of the versions of one. */
export interface Looking {
  readonly fileId: string;
  readonly versionsOf: string | null;
}

/** One of the job's files, large; walking on goes through all of them, wherever the list behind it stands. (D9) */
export function FilesPreview({
  page,
  files,
  looking,
  acts,
  onFile,
  onClose,
  returnFocus,
}: {
  page: JobPage;
  files: FileWindow;
  looking: Looking;
  acts: FileActs;
  onFile: (fileId: string) => void;
  onClose: () => void;
  returnFocus: () => void;
}) {
  const now = useNow();
  const versions = looking.versionsOf === null ? undefined : files.rowOf(looking.versionsOf);
  const walked = versions === undefined ? files.order : [versions, ...versions.older];
  const index = walked.findIndex(({ id }) => id === looking.fileId);
  const file = useLastKnown(
    versions === undefined
      ? files.rowOf(looking.fileId)
      : [versions, ...versions.older].find(({ id }) => id === looking.fileId),
  );
  if (file === undefined || index < 0) return null;
  const step = (by: 1 | -1) => {
    const next = walked[index + by];
    if (next === undefined) return;
    if (versions === undefined) files.show({ startIndex: index + by, endIndex: index + by });
    onFile(next.id);
  };
  return (
    <FilePreview
      file={file}
      place={{ index, count: walked.length }}
      onStep={step}
      onOpen={() => acts.perform('open', [file])}
      onClose={onClose}
      returnFocus={returnFocus}
      audienceOf={audienceOf}
      note={() =>
        file.undone === null
          ? `${file.mine ? 'you' : file.authorName}, ${timeOrDay(file.at, now)}`
          : undoneWords(file.undone, page.customer.name, now)
      }
    >
      {() => (
        <Menu align="end" label={`What to do with ${file.name}`} trigger={<MoreButton />}>
          <FileActItems acts={acts} files={[file]} />
        </Menu>
      )}
    </FilePreview>
  );
}

/** The file before stays until the one that was walked to is here. */
function useLastKnown(file: FileRow | undefined): FileRow | undefined {
  const [known, setKnown] = useState(file);
  if (file !== undefined && file !== known) setKnown(file);
  return file ?? known;
}

/** The trigger of a menu is rendered by Radix, which hands its own properties on. */
function MoreButton(rest: object) {
  return (
    <IconButton label="More" {...rest}>
      <MoreHorizontal aria-hidden size={17} />
    </IconButton>
  );
}
