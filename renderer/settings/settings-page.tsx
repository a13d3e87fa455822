import { MessageSquareQuote, Users } from 'lucide-react';
import { Link } from 'wouter';
import { Notice } from '../ui/notice.tsx';
import { useQuery } from '../use-query.ts';
import { FileSpeed } from './file-speed.tsx';
import { FilesOnDevice } from './files-on-device.tsx';
import { KeptJobs } from './kept-jobs.tsx';
import { Notifications } from './notifications.tsx';
import { OwnDevices } from './own-devices.tsx';
import { OwnPassword } from './own-password.tsx';
import { ThisDevice } from './this-device.tsx';
import { UndoTime } from './undo-time.tsx';

/** What this device does by itself, and how its member signs in. */
export function SettingsPage() {
  const { value: keeping, failed } = useQuery('files.keeping', {});
  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      <header className="flex h-[53px] shrink-0 items-center gap-3 border-b border-line px-6">
        <h1 className="flex-1 text-lg font-semibold tracking-tight">Settings</h1>
        <Link
          href="/settings/canned-replies"
          className="inline-flex items-center gap-1.5 rounded-md px-2 py-1 text-ink-2 hover:bg-surface-3 hover:text-ink"
        >
          <MessageSquareQuote aria-hidden size={15} /> Canned replies
        </Link>
        <Link
          href="/settings/members"
          className="inline-flex items-center gap-1.5 rounded-md px-2 py-1 text-ink-2 hover:bg-surface-3 hover:text-ink"
        >
          <Users aria-hidden size={15} /> Members of the office
        </Link>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5">
        {failed !== null && (
          <Notice look="danger" className="mb-4">
            The settings could not be read. {failed.message}
          </Notice>
        )}
        <div className="max-w-[640px]">
          {keeping !== undefined && (
            <>
              <UndoTime />
              <FilesOnDevice keeping={keeping} />
              <FileSpeed limitKbits={keeping.limitKbits} />
              <KeptJobs keeping={keeping} />
            </>
          )}
          {(keeping !== undefined || failed !== null) && (
            <>
              <Notifications />
              <ThisDevice />
            </>
          )}
          <OwnDevices />
          <OwnPassword />
        </div>
      </div>
    </main>
  );
}
