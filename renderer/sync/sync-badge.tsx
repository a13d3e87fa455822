import {
  CircleArrowUp,
  CircleCheck,
  CloudDownload,
  CloudOff,
  GitCompareArrows,
  RefreshCw,
  TriangleAlert,
} from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { SyncState } from '../../electron/core/api/session-contract.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Popover } from '../ui/popover.tsx';
import { TransferBar } from '../transfers/transfer-bar.tsx';
import { sentOfWords } from '../transfers/transfer-words.ts';
import { countOf } from '../ui/size-words.ts';
import { UpdateOffer } from '../desktop/update-offer.tsx';
import { LiveRegion } from '../ui/spoken.tsx';
import { useNow } from '../ui/use-now.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { SyncLogWindow } from './sync-log-window.tsx';
import { syncWords } from './sync-words.ts';

const LOOKS = {
  offline: { icon: CloudOff, ink: 'text-warn' },
  'first-sync': { icon: CloudDownload, ink: 'text-accent' },
  syncing: { icon: RefreshCw, ink: 'text-ink-2' },
  'up-to-date': { icon: CircleCheck, ink: 'text-ok' },
  'needs-you': { icon: TriangleAlert, ink: 'text-warn' },
  'update-needed': { icon: CircleArrowUp, ink: 'text-warn' },
  differs: { icon: GitCompareArrows, ink: 'text-warn' },
} as const;

/** How this device stands with the office, at the foot of the sidebar. Offline is normal: a word, no banner. (H7) */
export function SyncBadge() {
  const [isOpen, setIsOpen] = useState(false);
  const [isLogOpen, setIsLogOpen] = useState(false);
  const { value: sync } = useQuery('sync', {});
  const now = useNow();
  if (sync === undefined) return null;
  const { icon: Icon, ink } = LOOKS[sync.kind];
  const words = syncWords(sync, now);
  const trigger = (
    <button
      type="button"
      className="flex w-full items-start gap-[9px] rounded-md px-2 py-1.5 text-left text-sm text-ink-2 hover:bg-surface-3/60 data-[state=open]:bg-surface-3"
    >
      <Icon aria-hidden size={16} strokeWidth={1.8} className={classNames('mt-px', ink)} />
      <span className="min-w-0 flex-1">
        <span
          className={classNames(
            'block text-ui font-semibold',
            ink === 'text-warn' ? 'text-warn' : 'text-ink',
          )}
        >
          {words.title}
        </span>
        <span className="block tabular-nums">{words.detail}</span>
        {sync.progress !== null && <ProgressBar progress={sync.progress} />}
        {sync.progress === null && <FilesOnTheirWay />}
      </span>
    </button>
  );
  return (
    <div className="mt-1 border-t border-line pt-1.5">
      <Popover
        trigger={trigger}
        label="Sync"
        side="top"
        open={isOpen}
        onOpenChange={setIsOpen}
        className="w-72"
      >
        <SyncDetails
          sync={sync}
          onLog={() => {
            setIsOpen(false);
            setIsLogOpen(true);
          }}
        />
      </Popover>
      {isLogOpen && <SyncLogWindow onClose={() => setIsLogOpen(false)} />}
      <LiveRegion>{words.spoken}</LiveRegion>
    </div>
  );
}

/** All files together; each one's own stands where it was posted. (D7) */
function FilesOnTheirWay() {
  const { value: transfers } = useQuery('transfers', {});
  if (transfers?.files.some(({ isSending }) => isSending) !== true) return null;
  const { sentBytes, totalBytes, files } = transfers;
  return (
    <>
      <span className="block tabular-nums">
        {countOf(files.length, 'file')}, {sentOfWords(sentBytes, totalBytes)}
      </span>
      <TransferBar label="Sending files" done={sentBytes} total={totalBytes} className="mt-1.5" />
    </>
  );
}

function ProgressBar({ progress }: { progress: NonNullable<SyncState['progress']> }) {
  const { rowsSent, rowsTotal } = progress;
  return (
    <TransferBar label="Getting your office" done={rowsSent} total={rowsTotal} className="mt-1.5" />
  );
}

function SyncDetails({ sync, onLog }: { sync: SyncState; onLog: () => void }) {
  const now = useNow();
  const isDifferent = sync.kind === 'differs';
  const again = useRequest(isDifferent ? 'sync.heal-again' : 'sync.now');
  const words = syncWords(sync, now);
  // Why the server is not there, and that nothing is lost: the trouble says both.
  const about = sync.kind === 'offline' ? (sync.trouble ?? words.about) : words.about;
  return (
    <div className="p-3.5">
      <p className="font-semibold">{words.title}</p>
      <p className="mt-0.5 text-pretty text-ink-2">{about}</p>
      {sync.trouble !== null && sync.trouble !== about && (
        <p className="mt-2 rounded-md bg-surface-3 px-2.5 py-1.5 text-sm text-pretty text-ink-2">
          {sync.trouble}
        </p>
      )}
      {again.sentence !== null && <p className="mt-2 text-sm text-danger">{again.sentence}</p>}
      <div className="mt-3 -ml-px flex flex-wrap gap-1">
        <Button small disabled={again.busy} onClick={() => void again.send({})}>
          {isDifferent ? 'Get a fresh copy' : 'Try now'}
        </Button>
        {sync.kind === 'update-needed' && <UpdateOffer />}
        <Button small look="quiet" onClick={onLog}>
          Sync log
        </Button>
        {sync.waiting > 0 && (
          <Link
            href="/waiting"
            className="inline-flex h-7 items-center rounded-md px-2.5 text-sm font-medium text-accent hover:bg-surface-3"
          >
            Waiting to send
          </Link>
        )}
      </div>
    </div>
  );
}
