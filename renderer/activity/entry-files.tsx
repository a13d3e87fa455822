import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { FeedItem, JobPage } from '../../electron/core/api/jobs-contract.ts';
import { FileTile } from '../attachments/file-tile.tsx';
import { FilePreview } from '../files/file-preview.tsx';
import { undoneWords } from '../files/undone-words.ts';
import { useOpenFile } from '../files/use-open-file.ts';
import { IconButton } from '../ui/button.tsx';
import { useNow } from '../ui/use-now.ts';

/** The files of an entry, and each of them large. (D9) */
export function EntryFiles({
  item,
  page,
  search,
}: {
  item: FeedItem;
  page: JobPage;
  search: string;
}) {
  const { attachments } = item;
  const [openId, setOpenId] = useState<string | null>(null);
  const [, goTo] = useLocation();
  const now = useNow();
  const open = useOpenFile();
  if (attachments.length === 0) return null;
  const opened = attachments.find(({ id }) => id === openId);
  return (
    <>
      <div className="mt-2 flex flex-wrap gap-2.5">
        {attachments.map((file) => (
          <FileTile key={file.id} file={file} search={search} onOpen={() => setOpenId(file.id)} />
        ))}
      </div>
      {opened !== undefined && (
        <FilePreview
          file={opened}
          place={{ index: attachments.indexOf(opened), count: attachments.length }}
          onStep={(by) => setOpenId(attachments[attachments.indexOf(opened) + by]?.id ?? null)}
          onOpen={open}
          onClose={() => setOpenId(null)}
          audienceOf={({ audience }) =>
            item.entry.author.kind === 'customer' ? 'from_customer' : audience
          }
          note={({ undone }) =>
            undone === null
              ? item.mine
                ? 'you'
                : item.authorName
              : undoneWords(undone, page.customer.name, now)
          }
        >
          {(file) =>
            item.state === 'parked' ? null : (
              <IconButton
                label="Show in Files"
                onClick={() => goTo(`/jobs/${page.job.id}/files?file=${file.id}`)}
              >
                <FolderOpen aria-hidden size={16} />
              </IconButton>
            )
          }
        </FilePreview>
      )}
    </>
  );
}
