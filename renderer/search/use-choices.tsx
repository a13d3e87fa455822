import {
  Bell,
  BellOff,
  BellRing,
  CalendarClock,
  ClipboardList,
  Clock,
  Eye,
  FileOutput,
  FolderOpen,
  IdCard,
  Inbox,
  Keyboard,
  Layers,
  Link2,
  MailWarning,
  MessageSquare,
  MessageSquareQuote,
  Monitor,
  Moon,
  Paintbrush,
  Pencil,
  PencilLine,
  Plus,
  RefreshCw,
  Search,
  Settings2,
  Settings,
  Sun,
  UserRound,
  UserRoundPlus,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation, useRoute } from 'wouter';
import type { FollowState } from '../../electron/core/api/care-contract.ts';
import { askForCanned } from '../composer/ask-for-canned.ts';
import { editLastAddress } from '../edits/use-feed-edits.ts';
import { addressOfLink } from '../links/docket-link.ts';
import { copyLink } from '../links/copy-link.ts';
import type { JobId } from '../records.ts';
import { askLater } from '../scheduled/ask-later.ts';
import type { DeskWindow } from '../shell/desk-window.ts';
import { useOffice } from '../shell/office.tsx';
import { HueDot } from '../ui/hue-dot.tsx';
import { chooseTheme, type ThemeChoice } from '../ui/theme.ts';
import { useRequest } from '../use-request.ts';
import { useDesktopChoices } from '../desktop/use-desktop-choices.tsx';
import type { Choice } from './choice.ts';
import { lastSearchAddress } from './last-search.ts';

/** Where one can go and what one can do from anywhere, as far as it fits what is typed. */
export function useChoices({
  search,
  onClose,
  onOpen,
}: {
  search: string;
  onClose: () => void;
  onOpen: (window: DeskWindow) => void;
}): readonly Choice[] {
  const [, goTo] = useLocation();
  const places = usePlaces(onClose);
  const actions = useActions(onClose, onOpen);
  const desktop = useDesktopChoices(onClose);
  // In the order they are shown: the first of them is the one Enter takes.
  const all = [...places, ...desktop.places, ...actions, ...desktop.actions];
  const linked = addressOfLink(search);
  if (linked === undefined) return all.filter(({ name }) => fits(name, search));
  return [
    {
      group: 'place',
      name: 'Open what this link leads to',
      icon: <Link2 size={15} />,
      act: () => {
        onClose();
        goTo(linked);
      },
    },
  ];
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
    place('Scheduled replies', '/waiting', <CalendarClock size={15} />),
    place('Search everything', lastSearchAddress(), <Search size={15} />, 'G S'),
    place('Inbox', '/inbox', <Inbox size={15} />, 'G I'),
    place('Customers', '/customers', <Users size={15} />, 'G C'),
    place('How the office looks to customers', '/settings/office', <Paintbrush size={15} />),
    place('Members of the office', '/settings/members', <IdCard size={15} />, 'G O'),
    place('Canned replies', '/settings/canned-replies', <MessageSquareQuote size={15} />, 'G R'),
    place('Edit the pipelines', '/settings/pipelines', <Settings2 size={15} />, 'G P'),
    place('Settings', '/settings', <Settings size={15} />, 'G ,'),
    ...office.pipelines.map(({ id, name, hue }) =>
      place(name, `/pipelines/${id}`, <HueDot hue={hue} />),
    ),
  ];
}

function useActions(onClose: () => void, onOpen: (window: DeskWindow) => void): readonly Choice[] {
  const [, goTo] = useLocation();
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
    {
      group: 'action',
      name: 'New canned reply',
      icon: <MessageSquareQuote size={15} />,
      act: () => {
        onClose();
        goTo('/settings/canned-replies/new');
      },
    },
    ...useJobActions(onClose, onOpen),
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
function useJobActions(
  onClose: () => void,
  onOpen: (window: DeskWindow) => void,
): readonly Choice[] {
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
      name: 'Correct this job: title, customer, pipeline',
      icon: <PencilLine size={15} />,
      keys: 'T',
      act: () => onOpen('correct-job'),
    },
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
    {
      group: 'action',
      name: 'Send the reply of this job later',
      icon: <CalendarClock size={15} />,
      keys: 'Ctrl Shift Enter',
      act: () => {
        onClose();
        goTo(`/jobs/${jobId}`);
        // Once the palette has given the focus back.
        requestAnimationFrame(() => requestAnimationFrame(askLater));
      },
    },
    {
      group: 'action',
      name: 'Copy a link to this job',
      icon: <Link2 size={15} />,
      keys: 'Y',
      act: () => {
        onClose();
        void copyLink(jobId);
      },
    },
    {
      group: 'action',
      name: 'Edit my last entry of this job',
      icon: <Pencil size={15} />,
      keys: '↑',
      act: () => {
        onClose();
        goTo(editLastAddress(jobId));
      },
    },
    {
      group: 'action',
      name: 'Export job…',
      icon: <FileOutput size={15} />,
      keys: 'X',
      act: () => onOpen('export-job'),
    },
    {
      group: 'action',
      name: 'Insert a canned reply',
      icon: <MessageSquareQuote size={15} />,
      keys: 'C',
      act: () => {
        onClose();
        goTo(`/jobs/${jobId}`);
        // The palette gives the focus back first.
        requestAnimationFrame(() => setTimeout(askForCanned));
      },
    },
    set('Follow this job', 'following', <BellRing size={15} />),
    set('Mute this job', 'muted', <BellOff size={15} />),
    set('Neither follow nor mute this job', 'neither', <Bell size={15} />),
  ];
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
