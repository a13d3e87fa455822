import { FolderInput, FolderPlus, Inbox as InboxIcon, X } from 'lucide-react';
import { useState } from 'react';
import { Virtuoso } from 'react-virtuoso';
import { toast } from 'sonner';
import type { Inbox, InboxFile } from '../../electron/core/api/inbox-contract.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { countOf, countWords } from '../ui/size-words.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { FoldersDialog } from './folders-dialog.tsx';
import { FolderNotices } from './folder-notices.tsx';
import { InboxRow } from './inbox-row.tsx';
import { JobDialog } from './job-dialog.tsx';
import { useTakeFiles } from './use-take-files.ts';

/** What arrived in watched folders, to be dragged onto a job or added by keyboard. (D10) */
export function InboxPage() {
  const { value: inbox, failed } = useQuery('inbox', {});
  const [isManaging, setIsManaging] = useState(false);
  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      {failed !== null && (
        <Notice look="danger" className="mx-6 mt-3">
          The Inbox could not be read. {failed.message}
        </Notice>
      )}
      {inbox !== undefined && <OpenInbox inbox={inbox} onManage={() => setIsManaging(true)} />}
      {isManaging && inbox !== undefined && (
        <FoldersDialog folders={inbox.folders} onClose={() => setIsManaging(false)} />
      )}
    </main>
  );
}

function OpenInbox({ inbox, onManage }: { inbox: Inbox; onManage: () => void }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [choosingJob, setChoosingJob] = useState<readonly InboxFile[] | null>(null);
  const { take } = useTakeFiles();
  const isNarrow = useNarrow();
  const dismiss = useDismiss();
  const marked = inbox.files.filter(({ fileId }) => chosen.has(fileId));
  const toggle = (fileId: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(fileId)) next.add(fileId);
      return next;
    });
  useShortcut([{ key: 'a', mod: true }], (event) => {
    event.preventDefault();
    setChosen(new Set(inbox.files.map(({ fileId }) => fileId)));
  });

  return (
    <>
      <header className="flex min-h-[53px] items-center gap-2.5 border-b border-line px-6 py-2.5">
        <h1 className="text-lg font-semibold tracking-tight">Inbox</h1>
        <span className="text-ink-3 tabular-nums">
          {inbox.count > 0 && countWords(inbox.count)}
        </span>
        <span className="flex-1" />
        {marked.length > 0 && (
          <>
            <Button look="quiet" onClick={() => dismiss(marked)}>
              <X aria-hidden size={15} /> Dismiss
            </Button>
            <Button look="ink" onClick={() => setChoosingJob(marked)}>
              <FolderInput aria-hidden size={15} /> Add {countOf(marked.length, 'file')} to a job
            </Button>
          </>
        )}
        <Button onClick={onManage}>
          <FolderPlus aria-hidden size={15} /> Folders
        </Button>
      </header>
      <FolderNotices folders={inbox.folders} />
      {inbox.files.length === 0 && <NoFiles inbox={inbox} onManage={onManage} />}
      {inbox.files.length > 0 && (
        <Virtuoso
          className="flex-1"
          data={inbox.files}
          computeItemKey={(_, file) => file.fileId}
          itemContent={(_, file) => (
            <InboxRow
              file={file}
              isChosen={chosen.has(file.fileId)}
              dragged={chosen.has(file.fileId) ? marked : [file]}
              onToggle={() => toggle(file.fileId)}
              onAdd={() => setChoosingJob(chosen.has(file.fileId) ? marked : [file])}
              onDismiss={() => dismiss([file])}
            />
          )}
        />
      )}
      {inbox.files.length > 0 && (
        <p className="border-t border-line px-6 py-2 text-sm text-ink-3">
          {isNarrow
            ? 'Mark files, then add them to a job.'
            : 'Drag files onto a job in the list, or mark them and add them.'}{' '}
          They stay where they are; Docket takes a copy.
          {inbox.files.length < inbox.count &&
            ` The newest ${countWords(inbox.files.length)} are shown.`}
        </p>
      )}
      {choosingJob !== null && (
        <JobDialog
          fileCount={choosingJob.length}
          onClose={() => setChoosingJob(null)}
          onChoose={(jobId) => {
            setChoosingJob(null);
            void take(jobId, choosingJob);
          }}
        />
      )}
    </>
  );
}

/** Waves files away; they come back with one click, or when they are written anew. */
function useDismiss() {
  const dismiss = useRequest('inbox.dismiss', toast.error);
  const putBack = useRequest('inbox.put-back', toast.error);
  return (files: readonly InboxFile[]) => {
    const fileIds = files.map(({ fileId }) => fileId);
    void dismiss.send({ fileIds }).then((done) => {
      if (done === undefined) return;
      toast(`${countOf(files.length, 'file')} dismissed. They stay in their folder.`, {
        action: { label: 'Put back', onClick: () => void putBack.send({ fileIds }) },
      });
    });
  };
}

function NoFiles({ inbox, onManage }: { inbox: Inbox; onManage: () => void }) {
  if (inbox.folders.length === 0)
    return (
      <EmptyState
        icon={InboxIcon}
        title="No folder is watched"
        action={
          <Button look="primary" onClick={onManage}>
            <FolderPlus aria-hidden size={15} /> Watch a folder
          </Button>
        }
      >
        Choose the folder your scanner or camera writes to. What arrives there stands here, to be
        added to a job.
      </EmptyState>
    );
  return (
    <EmptyState icon={InboxIcon} title="Nothing new">
      Files that arrive in {countOf(inbox.folders.length, 'watched folder')} stand here as soon as
      they are whole.
    </EmptyState>
  );
}
