import { FileQuestion } from 'lucide-react';
import { useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { JobPage as JobPageAnswer } from '../../electron/core/api/jobs-contract.ts';
import type { PresentPerson } from '../../electron/core/api/session-contract.ts';
import { ActivityTab } from '../activity/activity-tab.tsx';
import { ChangedFiles } from '../attachments/changed-files.tsx';
import { DropZone } from '../attachments/drop-zone.tsx';
import type { PickedFile } from '../attachments/picked-file.ts';
import { useFilePaste } from '../attachments/use-file-paste.ts';
import { askForCanned } from '../composer/ask-for-canned.ts';
import { Composer } from '../composer/composer.tsx';
import { ComposerContext, type ComposerHandle } from '../composer/composer-handle.ts';
import { EditingProvider } from '../edits/editing.tsx';
import { copyLink } from '../links/copy-link.ts';
import { useHere } from '../presence/use-here.ts';
import { WritingLine } from '../presence/writing-line.tsx';
import type { Audience, JobId } from '../records.ts';
import { CustomerViewPage } from '../customer-view/customer-view-page.tsx';
import { useOffice } from '../shell/office.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { countWords } from '../ui/size-words.ts';
import { AfterPatience, SkeletonBar } from '../ui/skeleton.tsx';
import { useQuery } from '../use-query.ts';
import { FilesTab } from '../files/files-tab.tsx';
import { FormTab } from './form-tab.tsx';
import { JobHeader } from './job-header.tsx';
import { type ListPlace, listAddress } from './list-place.ts';

export type Tab = 'activity' | 'files' | 'form' | 'as-customer';

export const tabOf = (word: string | undefined): Tab =>
  word === 'form' || word === 'files' || word === 'as-customer' ? word : 'activity';
const NOBODY: readonly PresentPerson[] = [];

/** One job: header, activity, form. Keyed by job, so nothing of one job is ever shown or kept under another. (A3) */
export function JobPage({
  jobId,
  tab,
  place,
  hasBack,
}: {
  jobId: JobId;
  tab: Tab;
  place: ListPlace;
  hasBack: boolean;
}) {
  const { value: page, loading, failed } = useQuery('jobs.one', { jobId });
  const { me } = useOffice();
  const [, goTo] = useLocation();
  const back = listAddress(place);
  useShortcut([{ key: 'escape' }], () => goTo(tab === 'as-customer' ? `/jobs/${jobId}` : back));

  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      {page != null && tab === 'as-customer' && <CustomerViewPage jobId={jobId} />}
      {page != null && tab !== 'as-customer' && (
        <EditingProvider jobId={jobId} memberId={me.id}>
          <OpenJob page={page} tab={tab} back={hasBack ? back : null} />
        </EditingProvider>
      )}
      {page === null && <JobGone back={back} />}
      {page === undefined && loading && <JobSkeleton />}
      {page === undefined && failed !== null && (
        <p role="alert" className="p-6 text-danger">
          This job could not be opened. {failed.message}
        </p>
      )}
    </main>
  );
}

function OpenJob({ page, tab, back }: { page: JobPageAnswer; tab: Tab; back: string | null }) {
  const composer = useRef<ComposerHandle>(null);
  const { value: people = NOBODY } = useQuery('presence', { jobId: page.job.id });
  const { onWriting } = useHere(page.job.id);
  const [, goTo] = useLocation();
  const showActivity = () => {
    if (tab !== 'activity') goTo(`/jobs/${page.job.id}`);
  };
  const [posts, setPosts] = useState(0);
  // What was just written must be seen, whatever the feed was filtered by.
  const showPosted = () => {
    setPosts((count) => count + 1);
    goTo(`/jobs/${page.job.id}`, { replace: true });
  };
  const write = (audience: Audience) => {
    showActivity();
    composer.current?.write(audience);
  };
  useShortcut([{ key: 'i' }], () => write('internal'));
  useShortcut([{ key: 'r' }], () => write('visible'));
  useShortcut([{ key: 'c' }], () => {
    showActivity();
    askForCanned();
  });
  useShortcut([{ key: 'e' }], () => goTo(`/jobs/${page.job.id}/as-customer`));
  useShortcut([{ key: 'y' }], () => void copyLink(page.job.id));
  useShortcut([{ key: '1' }], showActivity);
  useShortcut([{ key: '2' }], () => goTo(`/jobs/${page.job.id}/files`));
  useShortcut([{ key: '3' }], () => goTo(`/jobs/${page.job.id}/form`));

  const addFiles = (files: readonly PickedFile[]) => {
    showActivity();
    composer.current?.addFiles(files);
  };
  useFilePaste(addFiles);

  return (
    <ComposerContext value={composer}>
      <DropZone title={page.job.title} onFiles={addFiles}>
        <JobHeader page={page} people={people} back={back}>
          <Tabs page={page} tab={tab} />
        </JobHeader>
        {tab === 'form' && <FormTab page={page} />}
        {tab === 'files' && (
          <FilesTab
            page={page}
            onAdd={() => {
              showActivity();
              composer.current?.chooseFiles();
            }}
          />
        )}
        {tab === 'activity' && <ActivityTab page={page} posts={posts} />}
        <div hidden={tab !== 'activity'}>
          <ChangedFiles page={page} />
          <WritingLine people={people} />
          <Composer ref={composer} page={page} onPosted={showPosted} onWriting={onWriting} />
        </div>
      </DropZone>
    </ComposerContext>
  );
}

function Tabs({ page, tab }: { page: JobPageAnswer; tab: Tab }) {
  const hasForm = page.pipeline.fields.length > 0;
  const look = (isHere: boolean) =>
    classNames(
      '-mb-px border-b-2 pt-[7px] pb-[9px] transition-colors duration-(--fast)',
      isHere ? 'border-ink font-semibold text-ink' : 'border-transparent text-ink-2 hover:text-ink',
    );
  const { id } = page.job;
  return (
    <nav aria-label="Job" className="mt-2 flex gap-5">
      <Link
        href={`/jobs/${id}`}
        aria-current={tab === 'activity' ? 'page' : undefined}
        className={look(tab === 'activity')}
      >
        Activity{' '}
        <span className="font-normal text-ink-3 tabular-nums">{countWords(page.entryCount)}</span>
      </Link>
      <Link
        href={`/jobs/${id}/files`}
        aria-current={tab === 'files' ? 'page' : undefined}
        className={look(tab === 'files')}
      >
        Files{' '}
        <span className="font-normal text-ink-3 tabular-nums">{countWords(page.fileCount)}</span>
      </Link>
      {(hasForm || tab === 'form') && (
        <Link
          href={`/jobs/${id}/form`}
          aria-current={tab === 'form' ? 'page' : undefined}
          className={look(tab === 'form')}
        >
          Form
        </Link>
      )}
    </nav>
  );
}

function JobGone({ back }: { back: string }) {
  return (
    <EmptyState
      icon={FileQuestion}
      title="This job is not on this device"
      action={
        <Link href={back} className="font-medium text-accent">
          Back to the list
        </Link>
      }
    >
      It may still be on its way from the server, or it is no longer there.
    </EmptyState>
  );
}

function JobSkeleton() {
  return (
    <AfterPatience>
      <div className="p-6">
        <SkeletonBar className="h-5 w-2/5" />
        <SkeletonBar className="mt-3 w-3/5" />
        <SkeletonBar className="mt-12 w-4/5" />
        <SkeletonBar className="mt-3 w-3/5" />
        <SkeletonBar className="mt-8 w-2/3" />
      </div>
    </AfterPatience>
  );
}
