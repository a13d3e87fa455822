import {
  Clock,
  Inbox,
  Layers,
  MailWarning,
  Search,
  Settings2,
  TriangleAlert,
  UserRound,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useRoute } from 'wouter';
import { Bell } from '../bell/bell.tsx';
import { UpdateReady } from '../desktop/update-ready.tsx';
import { type ListPlace, scopePath } from '../jobs/list-place.ts';
import { SyncBadge } from '../sync/sync-badge.tsx';
import { classNames } from '../ui/class-names.ts';
import { HueDot } from '../ui/hue-dot.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { countWords } from '../ui/size-words.ts';
import { Spoken } from '../ui/spoken.tsx';
import { useQuery } from '../use-query.ts';
import { AccountMenu } from './account-menu.tsx';
import type { DeskWindow } from './desk-window.ts';
import { useOffice } from './office.tsx';

export function Sidebar({
  place,
  serverUrl,
  onOpen,
}: {
  place: ListPlace;
  serverUrl: string;
  onOpen: (window: DeskWindow) => void;
}) {
  const office = useOffice();
  const { value: sync } = useQuery('sync', {});
  const { value: inbox } = useQuery('inbox', {});
  const needsYou = sync !== undefined && (sync.parked > 0 || sync.look !== null);
  const [isSearch] = useRoute('/search');
  const [isWaitingPage] = useRoute('/waiting');
  const [isInbox] = useRoute('/inbox');
  const [isCustomers] = useRoute('/customers/*?');
  const [isPipelines] = useRoute('/settings/pipelines/*?');
  const [isSettings] = useRoute('/settings/*?');
  const here = isSearch
    ? '/search'
    : isWaitingPage
      ? '/waiting'
      : isInbox
        ? '/inbox'
        : isCustomers
          ? '/customers'
          : isPipelines
            ? '/settings/pipelines'
            : isSettings
              ? '/settings'
              : scopePath(place.scope);

  return (
    <aside className="flex w-[208px] shrink-0 flex-col border-r border-line bg-surface-2 p-2 min-[1000px]:w-[216px]">
      <div className="flex items-center gap-1 pt-0.5 pb-2">
        <AccountMenu serverUrl={serverUrl} onOpen={onOpen} />
        <Bell />
      </div>
      <button
        type="button"
        onClick={() => onOpen('palette')}
        className="mx-0.5 mb-3 flex items-center gap-2 rounded-lg border border-line bg-surface px-2 py-[5px] text-ink-3 shadow-paper transition-colors duration-(--fast) hover:border-line-strong hover:text-ink-2"
      >
        <Search aria-hidden size={15} strokeWidth={1.8} />
        <span className="flex-1 text-left">Find anything</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <nav aria-label="Jobs" className="min-h-0 flex-1 overflow-y-auto">
        <Place to="/mine" here={here} icon={<UserRound size={15} />} count={office.myJobs}>
          My jobs
        </Place>
        <Place to="/unread" here={here} icon={<MailWarning size={15} />} count={office.unreadJobs}>
          Unread
        </Place>
        <Place to="/all" here={here} icon={<Layers size={15} />} count={office.allJobs}>
          All jobs
        </Place>
        <Place
          to="/waiting"
          here={here}
          icon={needsYou ? <TriangleAlert size={15} className="text-warn" /> : <Clock size={15} />}
          count={sync?.waiting ?? 0}
          isUrgent
          {...(needsYou && { says: 'needs you' })}
        >
          Waiting to send
        </Place>
        <Place to="/inbox" here={here} icon={<Inbox size={15} />} count={inbox?.count ?? 0}>
          Inbox
        </Place>
        <Place to="/customers" here={here} icon={<Users size={15} />} count={0}>
          Customers
        </Place>
        <div className="flex items-center pt-2.5 pr-1">
          <h2 className="flex-1 px-2 pb-0.5 text-xs font-semibold text-ink-3">Pipelines</h2>
          <Link
            href="/settings/pipelines"
            aria-label="Edit the pipelines"
            title="Edit the pipelines"
            aria-current={here === '/settings/pipelines' ? 'page' : undefined}
            className={classNames(
              'grid size-6 place-items-center rounded-md text-ink-3 hover:bg-surface-3 hover:text-ink',
              here === '/settings/pipelines' && 'bg-surface-3 text-ink',
            )}
          >
            <Settings2 aria-hidden size={14} />
          </Link>
        </div>
        {office.pipelines.map((pipeline) => (
          <Place
            key={pipeline.id}
            to={`/pipelines/${pipeline.id}`}
            here={here}
            icon={<HueDot hue={pipeline.hue} />}
            count={office.jobsByPipeline[pipeline.id] ?? 0}
          >
            {pipeline.name}
          </Place>
        ))}
      </nav>
      <UpdateReady />
      <SyncBadge />
    </aside>
  );
}

function Place({
  to,
  here,
  icon,
  count,
  isUrgent,
  says,
  children,
}: {
  to: string;
  here: string;
  icon: ReactNode;
  count: number;
  isUrgent?: boolean;
  /** What the icon says, for who does not see it. */
  says?: string;
  children: string;
}) {
  const isHere = to === here;
  return (
    <Link
      href={to}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(
        'flex items-center gap-[9px] rounded-md px-2 py-[5px] transition-colors duration-(--fast) focus-visible:-outline-offset-2',
        isHere ? 'bg-surface-3 font-medium text-ink' : 'text-ink-2 hover:bg-surface-3/60',
      )}
    >
      <span aria-hidden className="grid w-[15px] shrink-0 place-items-center">
        {icon}
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-left">
        {children}
      </span>
      {says !== undefined && <Spoken>{says}</Spoken>}
      {count > 0 && (
        <span
          className={classNames(
            'text-sm tabular-nums',
            isUrgent === true ? 'font-semibold text-warn' : isHere ? 'text-ink-2' : 'text-ink-3',
          )}
        >
          {countWords(count)}
        </span>
      )}
    </Link>
  );
}
