import {
  Clock,
  Keyboard,
  Layers,
  MailWarning,
  Monitor,
  Moon,
  Plus,
  RefreshCw,
  Sun,
  UserRound,
} from 'lucide-react';
import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import type { JobRow } from '../../electron/core/api/contract.ts';
import type { DeskWindow } from '../shell/desk.tsx';
import { pipelineIn, stageIn, useOffice } from '../shell/office.tsx';
import { HueDot } from '../ui/hue-dot.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { StagePill } from '../ui/stage-pill.tsx';
import { chooseTheme } from '../ui/theme.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

const MOST_JOBS = 8;

/** Find a job or do something, without the mouse. (G3) */
export function Palette({
  onClose,
  onOpen,
}: {
  onClose: () => void;
  onOpen: (window: DeskWindow) => void;
}) {
  const [search, setSearch] = useState('');
  const [, goTo] = useLocation();
  const { value: found } = useQuery('jobs.list', {
    scope: { kind: 'all' },
    stageId: null,
    assigneeId: null,
    unreadOnly: false,
    search,
    offset: 0,
    limit: MOST_JOBS,
  });
  const go = (to: string) => {
    onClose();
    goTo(to);
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-[rgb(20_18_14/.32)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-32px)] max-w-[600px] -translate-x-1/2 animate-fade-in overflow-hidden rounded-[14px] border border-line bg-surface shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">Find anything</Dialog.Title>
          {/* The core finds jobs by its own rule; only the rest is matched here. */}
          <Command label="Find anything" shouldFilter={false} loop>
            <Command.Input
              value={search}
              onValueChange={setSearch}
              placeholder="Find a job, or do something"
              className="w-full border-b border-line bg-transparent px-4 py-3.5 text-lg focus-visible:outline-none"
            />
            <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-ink-2">
                Nothing found for “{search}”.
              </Command.Empty>
              {/* All at once: cmdk selects the first row it ever sees. */}
              {found !== undefined && (
                <>
                  <JobHits rows={found.rows} onGo={go} />
                  <Places search={search} onGo={go} />
                  <Actions search={search} onClose={onClose} onOpen={onOpen} />
                </>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const GROUP =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3';

function JobHits({ rows, onGo }: { rows: readonly JobRow[]; onGo: (to: string) => void }) {
  const office = useOffice();
  if (rows.length === 0) return null;
  return (
    <Command.Group heading="Jobs" className={GROUP}>
      {rows.map((row) => (
        <Item key={row.jobId} value={row.jobId} onSelect={() => onGo(`/jobs/${row.jobId}`)}>
          <span className="w-12 shrink-0 font-reference text-sm text-ink-3">
            {row.reference === null ? '' : `#${row.reference}`}
          </span>
          <span dir="auto" className="min-w-0 flex-1 truncate text-left">
            {row.title} <span className="text-ink-3">· {row.customerName}</span>
          </span>
          <StagePill
            stage={stageIn(pipelineIn(office, row.pipelineId), row.stageId)}
            className="max-w-40"
          />
        </Item>
      ))}
    </Command.Group>
  );
}

function Places({ search, onGo }: { search: string; onGo: (to: string) => void }) {
  const office = useOffice();
  const places: readonly { to: string; name: string; icon: ReactNode; keys?: string }[] = [
    { to: '/mine', name: 'My jobs', icon: <UserRound size={15} />, keys: 'G M' },
    { to: '/unread', name: 'Unread', icon: <MailWarning size={15} />, keys: 'G U' },
    { to: '/all', name: 'All jobs', icon: <Layers size={15} />, keys: 'G A' },
    { to: '/waiting', name: 'Waiting to send', icon: <Clock size={15} />, keys: 'G W' },
    ...office.pipelines.map((pipeline) => ({
      to: `/pipelines/${pipeline.id}`,
      name: pipeline.name,
      icon: <HueDot hue={pipeline.hue} />,
    })),
  ];
  const shown = places.filter(({ name }) => fits(name, search));
  if (shown.length === 0) return null;
  return (
    <Command.Group heading="Go to" className={GROUP}>
      {shown.map(({ to, name, icon, keys }) => (
        <Item key={to} value={to} onSelect={() => onGo(to)} {...(keys ? { keys } : {})}>
          <Icon>{icon}</Icon>
          <span className="flex-1">{name}</span>
        </Item>
      ))}
    </Command.Group>
  );
}

function Actions({
  search,
  onClose,
  onOpen,
}: {
  search: string;
  onClose: () => void;
  onOpen: (window: DeskWindow) => void;
}) {
  const syncNow = useRequest('sync.now');
  const theme = (choice: 'light' | 'dark' | 'system') => () => {
    chooseTheme(choice);
    onClose();
  };
  const actions: readonly { name: string; icon: ReactNode; keys?: string; act: () => void }[] = [
    { name: 'New job', icon: <Plus size={15} />, keys: 'N', act: () => onOpen('new-job') },
    { name: 'Show the keys', icon: <Keyboard size={15} />, keys: '?', act: () => onOpen('keys') },
    {
      name: 'Send and fetch now',
      icon: <RefreshCw size={15} />,
      act: () => {
        void syncNow.send({});
        onClose();
      },
    },
    { name: 'Light theme', icon: <Sun size={15} />, act: theme('light') },
    { name: 'Dark theme', icon: <Moon size={15} />, act: theme('dark') },
    { name: 'Theme as the system', icon: <Monitor size={15} />, act: theme('system') },
  ];
  const shown = actions.filter(({ name }) => fits(name, search));
  if (shown.length === 0) return null;
  return (
    <Command.Group heading="Do" className={GROUP}>
      {shown.map(({ name, icon, keys, act }) => (
        <Item key={name} value={name} onSelect={act} {...(keys ? { keys } : {})}>
          <Icon>{icon}</Icon>
          <span className="flex-1">{name}</span>
        </Item>
      ))}
    </Command.Group>
  );
}

function Item({
  value,
  onSelect,
  keys,
  children,
}: {
  value: string;
  onSelect: () => void;
  keys?: string;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 items-center gap-2.5 rounded-lg px-2.5 py-1.5 data-[selected=true]:bg-surface-3"
    >
      {children}
      {keys !== undefined && <Kbd>{keys}</Kbd>}
    </Command.Item>
  );
}

function Icon({ children }: { children: ReactNode }) {
  return (
    <span aria-hidden className="grid w-5 shrink-0 place-items-center text-ink-3">
      {children}
    </span>
  );
}

/** Every word typed begins a word of the name. */
function fits(name: string, search: string): boolean {
  const words = name.toLowerCase().split(' ');
  const typed = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return typed.every((part) => words.some((word) => word.startsWith(part)));
}
