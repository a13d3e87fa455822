import {
  Bell,
  BellOff,
  BellRing,
  ClipboardList,
  Clock,
  Eye,
  FolderOpen,
  Inbox,
  Keyboard,
  Layers,
  MailWarning,
  MessageSquare,
  Monitor,
  Moon,
  Paintbrush,
  Plus,
  RefreshCw,
  Settings2,
  Settings,
  Sun,
  UserRound,
  UserRoundPlus,
  Users,
} from 'lucide-react';
import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useLocation, useRoute } from 'wouter';
import type { FollowState } from '../../electron/core/api/care-contract.ts';
import type { JobRow } from '../../electron/core/api/contract.ts';
import type { JobId } from '../records.ts';
import type { DeskWindow } from '../shell/desk-window.ts';
import { pipelineIn, stageIn, useOffice } from '../shell/office.tsx';
import { HueDot } from '../ui/hue-dot.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { StagePill } from '../ui/stage-pill.tsx';
import { chooseTheme, type ThemeChoice } from '../ui/theme.ts';
import { useFirstChosen } from '../ui/use-first-chosen.ts';
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
  const found = useQuery('jobs.list', {
    scope: { kind: 'all' },
    stageId: null,
    assigneeId: null,
    unreadOnly: false,
    search,
    offset: 0,
    limit: MOST_JOBS,
  });
  const rows = found.value?.rows ?? [];
  const choices = [...usePlaces(onClose), ...useActions(onClose, onOpen)].filter(({ name }) =>
    fits(name, search),
  );
  const [, goTo] = useLocation();
  // The rows of another search are other rows: cmdk would leave nothing chosen.
  const first = rows[0]?.jobId ?? choices[0]?.name ?? '';
  const [chosen, setChosen] = useFirstChosen(first, found.answered?.search);

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
          <Command
            label="Find anything"
            shouldFilter={false}
            loop
            value={chosen}
            onValueChange={setChosen}
          >
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
              <JobHits
                rows={rows}
                onGo={(jobId) => {
                  onClose();
                  goTo(`/jobs/${jobId}`);
                }}
              />
              <Choices heading="Go to" choices={choices.filter(({ group }) => group === 'place')} />
              <Choices heading="Do" choices={choices.filter(({ group }) => group === 'action')} />
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface Choice {
  readonly group: 'place' | 'action';
  readonly name: string;
  readonly icon: ReactNode;
  readonly keys?: string;
  act(): void;
}

function usePlaces(onClose: () => void): readonly Choice[] {
  const office = useOffice();
  const [path, goTo] = useLocation();
  const place = (name: string, to: string, icon: ReactNode, keys?: string): Choice => ({
    group: 'place',
    name,
    icon,
    ...(keys === undefined ? {} : { keys }),
    act: () => {
      onClose();
      goTo(to);
    },
  });
  const jobId = /^\/jobs\/([^/?]+)/.exec(path)?.[1];
  const jobPlaces =
    jobId === undefined
      ? []
      : [
          place('Activity of this job', `/jobs/${jobId}`, <MessageSquare size={15} />, '1'),
          place('Files of this job', `/jobs/${jobId}/files`, <FolderOpen size={15} />, '2'),
          place('Form of this job', `/jobs/${jobId}/form`, <ClipboardList size={15} />, '3'),
        ];
  return [
    ...jobPlaces,
    place('My jobs', '/mine', <UserRound size={15} />, 'G M'),
    place('Unread', '/unread', <MailWarning size={15} />, 'G U'),
    place('All jobs', '/all', <Layers size={15} />, 'G A'),
    place('Waiting to send', '/waiting', <Clock size={15} />, 'G W'),
    place('Inbox', '/inbox', <Inbox size={15} />, 'G I'),
    place('Customers', '/customers', <Users size={15} />, 'G C'),
    place('How the office looks to customers', '/settings/office', <Paintbrush size={15} />),
    place('Edit the pipelines', '/settings/pipelines', <Settings2 size={15} />, 'G P'),
    place('Settings', '/settings', <Settings size={15} />, 'G ,'),
    ...office.pipelines.map(({ id, name, hue }) =>
      place(name, `/pipelines/${id}`, <HueDot hue={hue} />),
    ),
  ];
}

function useActions(onClose: () => void, onOpen: (window: DeskWindow) => void): readonly Choice[] {
  const syncNow = useRequest('sync.now');
  const theme = (name: string, choice: ThemeChoice, icon: ReactNode): Choice => ({
    group: 'action',
    name,
    icon,
    act: () => {
      chooseTheme(choice);
      onClose();
    },
  });
  return [
    {
      group: 'action',
      name: 'New job',
      icon: <Plus size={15} />,
      keys: 'N',
      act: () => onOpen('new-job'),
    },
    {
      group: 'action',
      name: 'New customer',
      icon: <UserRoundPlus size={15} />,
      act: () => onOpen('new-customer'),
    },
    ...useJobActions(onClose),
    {
      group: 'action',
      name: 'Show the keys',
      icon: <Keyboard size={15} />,
      keys: '?',
      act: () => onOpen('keys'),
    },
    {
      group: 'action',
      name: 'Send and fetch now',
      icon: <RefreshCw size={15} />,
      act: () => {
        void syncNow.send({});
        onClose();
      },
    },
    theme('Light theme', 'light', <Sun size={15} />),
    theme('Dark theme', 'dark', <Moon size={15} />),
    theme('Theme as the system', 'system', <Monitor size={15} />),
  ];
}

/** Of the job that is open behind the palette. */
function useJobActions(onClose: () => void): readonly Choice[] {
  const [isJob, params] = useRoute('/jobs/:jobId/*?');
  const [, goTo] = useLocation();
  const follow = useRequest('jobs.follow');
  if (!isJob) return [];
  const jobId = params.jobId as JobId;
  const set = (name: string, state: FollowState, icon: ReactNode): Choice => ({
    group: 'action',
    name,
    icon,
    keys: 'L',
    act: () => {
      void follow.send({ jobId, state });
      onClose();
    },
  });
  return [
    {
      group: 'action',
      name: 'View this job as the customer',
      icon: <Eye size={15} />,
      keys: 'E',
      act: () => {
        onClose();
        goTo(`/jobs/${jobId}/as-customer`);
      },
    },
    set('Follow this job', 'following', <BellRing size={15} />),
    set('Mute this job', 'muted', <BellOff size={15} />),
    set('Neither follow nor mute this job', 'neither', <Bell size={15} />),
  ];
}

const GROUP =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3';

function JobHits({ rows, onGo }: { rows: readonly JobRow[]; onGo: (jobId: string) => void }) {
  const office = useOffice();
  if (rows.length === 0) return null;
  return (
    <Command.Group heading="Jobs" className={GROUP}>
      {rows.map((row) => (
        <Item key={row.jobId} value={row.jobId} onSelect={() => onGo(row.jobId)}>
          <span className="w-12 shrink-0 font-reference text-sm text-ink-3">{row.reference}</span>
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

function Choices({ heading, choices }: { heading: string; choices: readonly Choice[] }) {
  if (choices.length === 0) return null;
  return (
    <Command.Group heading={heading} className={GROUP}>
      {choices.map(({ name, icon, keys, act }) => (
        <Item key={name} value={name} onSelect={act} {...(keys === undefined ? {} : { keys })}>
          <span aria-hidden className="grid w-5 shrink-0 place-items-center text-ink-3">
            {icon}
          </span>
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

/** Every word typed begins a word of the name. */
function fits(name: string, search: string): boolean {
  const words = name.toLowerCase().split(' ');
  const typed = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return typed.every((part) => words.some((word) => word.startsWith(part)));
}
