import { ArrowLeft, EyeOff, MonitorSmartphone } from 'lucide-react';
import { useLocation } from 'wouter';
import type { CustomerView } from '../../electron/core/api/care-contract.ts';
import type { JobId } from '../records.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { timeOrDay } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useQuery } from '../use-query.ts';
import { PortalPage } from './portal-page.tsx';

/** The job as its customer sees it in the portal, waiting things included; nothing can be done here. (E8) */
export function CustomerViewPage({ jobId }: { jobId: JobId }) {
  const { value: view, failed } = useQuery('jobs.as-customer', { jobId });
  const [, goTo] = useLocation();
  const leave = () => goTo(`/jobs/${jobId}`);
  // Esc is the job page's: it leads here and there one step back.
  useShortcut([{ key: 'e' }], leave);
  return (
    <>
      <header className="flex items-center gap-3 border-b-2 border-customer-line bg-customer px-5 py-2.5 text-customer-ink">
        <MonitorSmartphone aria-hidden size={18} className="shrink-0" />
        <div className="min-w-0 flex-1">
          <h1 className="truncate font-semibold">
            Preview: what {view == null ? 'the customer' : <bdi>{view.customerName}</bdi>} sees in
            the portal
          </h1>
          {view != null && <About view={view} />}
        </div>
        <Button small onClick={leave}>
          <ArrowLeft aria-hidden size={14} /> Back to the job
        </Button>
      </header>
      {failed !== null && (
        <Notice look="danger" className="m-5">
          The preview could not be made. {failed.message}
        </Notice>
      )}
      {view?.page === null && <NotInPortal view={view} onLeave={leave} />}
      {view?.page != null && <PortalPage officeName={view.officeName} page={view.page} />}
    </>
  );
}

function About({ view }: { view: CustomerView }) {
  const now = useNow();
  const waiting = view.page?.things.filter(({ isWaiting }) => isWaiting).length ?? 0;
  const seen =
    view.seenAt === null
      ? 'Has not opened this job yet.'
      : `Last opened it ${timeOrDay(view.seenAt, now)}.`;
  return (
    <p className="truncate text-sm">
      {seen}
      {waiting > 0 &&
        ` ${waiting === 1 ? 'One thing waits' : `${waiting} things wait`} on this device and ${waiting === 1 ? 'is' : 'are'} not there yet.`}
    </p>
  );
}

/** Said with what to do about it: an empty preview would look like a mistake. */
function NotInPortal({ view, onLeave }: { view: CustomerView; onLeave: () => void }) {
  return (
    <EmptyState
      icon={EyeOff}
      title={`${view.customerName} does not see this job at all`}
      action={<Button onClick={onLeave}>Back to the job</Button>}
    >
      “{view.stageName}” is an internal stage: a job in it is not in the portal, and neither are its
      messages and files, visible ones included. Move it to a visible stage to show it.
    </EmptyState>
  );
}
