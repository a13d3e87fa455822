import { Inbox } from 'lucide-react';
import { useContext, useEffect, useState } from 'react';
import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter';
import type { SessionState } from '../../electron/core/api/session-contract.ts';
import { CannedPlace } from '../canned/canned-place.tsx';
import { CustomersPlace } from '../customers/customers-place.tsx';
import { NewCustomerDialog } from '../customers/new-customer-dialog.tsx';
import { CommandsContext } from '../desktop/commands.ts';
import { ExportDialog } from '../export/export-dialog.tsx';
import { InboxPage } from '../inbox/inbox-page.tsx';
import { JobList } from '../jobs/job-list.tsx';
import { JobPage, type Tab, tabOf } from '../jobs/job-page.tsx';
import type { ListPlace } from '../jobs/list-place.ts';
import { CorrectOpenJob } from '../jobs/correct-job-dialog.tsx';
import { NewJobDialog } from '../jobs/new-job-dialog.tsx';
import { useListPlace } from '../jobs/use-list-place.ts';
import { usePageNotices } from '../notices/use-page-notices.ts';
import { LeavingNotice } from '../outbox/leaving-notice.tsx';
import { MembersPage } from '../members/members-page.tsx';
import { useLookShown } from '../outbox/use-look-shown.ts';
import { WaitingPage } from '../outbox/waiting-page.tsx';
import type { CustomerId, JobId } from '../records.ts';
import { OfficeLookPage } from '../office-look/office-look-page.tsx';
import { PipelinesPlace } from '../pipelines/pipelines-place.tsx';
import { Palette } from '../search/palette.tsx';
import { SearchPage } from '../search/search-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { RescueDialog } from '../sync/rescue-dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useNarrow } from '../ui/use-narrow.ts';
import { useQuery } from '../use-query.ts';
import type { DeskWindow } from './desk-window.ts';
import { KeyboardSheet } from './keyboard-sheet.tsx';
import { OfficeContext, useOffice } from './office.tsx';
import { Sidebar } from './sidebar.tsx';
import { useGoKeys } from './use-go-keys.ts';
import { useShortcut } from './use-shortcut.ts';

type SignedIn = Extract<SessionState, { kind: 'signed-in' }>;

/** The whole window of a signed-in member: sidebar, list and job. */
export function Desk({ session }: { session: SignedIn }) {
  const { value: overview } = useQuery('overview', {});
  const { value: sync } = useQuery('sync', {});
  const [place, setPlace] = useListPlace();
  const [openWindow, setOpenWindow] = useState<DeskWindow>(null);
  const isNarrow = useNarrow();
  const [, onJob] = useRoute('/jobs/:jobId/*?');

  useShortcut([{ key: 'k', mod: true }], () => setOpenWindow('palette'));
  useShortcut([{ key: '?' }], () => setOpenWindow('keys'));
  useShortcut([{ key: 'n' }], () => setOpenWindow('new-job'));
  useGoKeys();
  useLookShown();
  usePageNotices();
  const commands = useContext(CommandsContext);
  useEffect(() => commands?.deskOpens(setOpenWindow), [commands]);
  useTitle(overview?.bellCount ?? 0, session.workspace.name);

  if (overview === undefined) return null;
  const close = () => setOpenWindow(null);
  return (
    <OfficeContext value={overview}>
      <LeavingNotice />
      <div className="flex h-full">
        <Sidebar place={place} serverUrl={session.serverUrl} onOpen={setOpenWindow} />
        <Switch>
          <Route path="/settings/office">
            <OfficeLookPage />
          </Route>
          <Route path="/settings/members">
            <MembersPage />
          </Route>
          <Route path="/settings/pipelines/:pipelineId?">
            {({ pipelineId }) => (
              <PipelinesPlace pipelineId={pipelineId ?? null} isNarrow={isNarrow} />
            )}
          </Route>
          <Route path="/settings/canned-replies/:cannedReplyId?">
            {({ cannedReplyId }) => (
              <CannedPlace openId={cannedReplyId ?? null} isNarrow={isNarrow} />
            )}
          </Route>
          <Route path="/settings">
            <SettingsPage />
          </Route>
          <Route path="/search">
            <SearchPage />
          </Route>
          <Route path="/waiting">
            <WaitingPage />
          </Route>
          <Route path="/customers/:customerId?">
            {({ customerId }) => (
              <CustomersPlace
                customerId={(customerId ?? null) as CustomerId | null}
                isNarrow={isNarrow}
                onNewCustomer={() => setOpenWindow('new-customer')}
              />
            )}
          </Route>
          <Route path="/inbox">
            {!isNarrow && (
              <JobList
                place={place}
                onPlace={setPlace}
                onNewJob={() => setOpenWindow('new-job')}
                openJobId={null}
                isWide={false}
                isAside
              />
            )}
            <InboxPage />
          </Route>
          <Route path="/jobs/:jobId/:tab?">
            {({ jobId, tab }) => (
              <JobBesideList
                jobId={jobId as JobId}
                tab={tabOf(tab)}
                list={
                  isNarrow ? null : { place, setPlace, onNewJob: () => setOpenWindow('new-job') }
                }
                place={place}
              />
            )}
          </Route>
          <Route path="/">
            <Redirect to={overview.unreadJobs > 0 ? '/unread' : '/all'} replace />
          </Route>
          <Route>
            <JobList
              place={place}
              onPlace={setPlace}
              onNewJob={() => setOpenWindow('new-job')}
              openJobId={null}
              isWide={isNarrow}
            />
            {!isNarrow && <NoJob />}
          </Route>
        </Switch>
      </div>
      {sync?.rescue != null && <RescueDialog rescue={sync.rescue} />}
      {openWindow === 'palette' && <Palette onClose={close} onOpen={setOpenWindow} />}
      {openWindow === 'keys' && <KeyboardSheet onClose={close} />}
      {openWindow === 'new-customer' && <NewCustomerDialog onClose={close} />}
      {openWindow === 'correct-job' && onJob !== null && (
        <CorrectOpenJob jobId={onJob.jobId as JobId} onClose={close} />
      )}
      {openWindow === 'export-job' && onJob !== null && (
        <ExportDialog jobId={onJob.jobId as JobId} onClose={close} />
      )}
      {openWindow === 'new-job' && <NewJobDialog place={place} onClose={close} />}
    </OfficeContext>
  );
}

function JobBesideList({
  jobId,
  tab,
  list,
  place,
}: {
  jobId: JobId;
  tab: Tab;
  /** Null where there is room for the job alone. */
  list: { place: ListPlace; setPlace: (place: ListPlace) => void; onNewJob: () => void } | null;
  place: ListPlace;
}) {
  return (
    <>
      {list !== null && (
        <JobList
          place={list.place}
          onPlace={list.setPlace}
          onNewJob={list.onNewJob}
          openJobId={jobId}
          isWide={false}
        />
      )}
      <JobPage key={jobId} jobId={jobId} tab={tab} place={place} hasBack={list === null} />
    </>
  );
}

function NoJob() {
  const { allJobs } = useOffice();
  if (allJobs === 0)
    return (
      <main className="min-w-0 flex-1 bg-surface">
        <EmptyState icon={Inbox} title="No job is open">
          A job opens here, with everything written and sent about it.
        </EmptyState>
      </main>
    );
  return (
    <main className="min-w-0 flex-1 bg-surface">
      <EmptyState icon={Inbox} title="No job is open">
        Choose one in the list, or press <Kbd>Ctrl K</Kbd> to find one.
      </EmptyState>
    </main>
  );
}

/** The window's title carries the bell's number, so that it can be seen from another window. (F4) */
function useTitle(bellCount: number, office: string) {
  const [path] = useLocation();
  useEffect(() => {
    document.title = `${bellCount > 0 ? `(${bellCount}) ` : ''}${office} · Docket`;
  }, [bellCount, office, path]);
}
