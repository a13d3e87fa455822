import {
  Download,
  ExternalLink,
  Eraser,
  Eye,
  FileArchive,
  Layers,
  Lock,
  type LucideIcon,
  MessageSquare,
  Pencil,
  Undo2,
} from 'lucide-react';
import { Fragment } from 'react';
import { ContextItem, ContextLine } from '../ui/context-menu.tsx';
import { MenuItem, MenuLine } from '../ui/menu.tsx';
import { countWords } from '../ui/size-words.ts';
import type { FileBrief } from '../../electron/core/api/files-contract.ts';
import type { FileAct, FileActs } from './use-file-acts.tsx';

const ITEMS: readonly (readonly { act: FileAct; icon: LucideIcon; one: string; many: string }[])[] =
  [
    [
      { act: 'open', icon: ExternalLink, one: 'Open', many: '' },
      { act: 'save', icon: Download, one: 'Save as', many: '' },
      { act: 'zip', icon: FileArchive, one: '', many: 'Save # as zip' },
      {
        act: 'zip-customer',
        icon: FileArchive,
        one: 'Save customer copy as zip',
        many: 'Save customer copy as zip',
      },
      { act: 'older', icon: Layers, one: 'Older versions', many: '' },
      { act: 'show-entry', icon: MessageSquare, one: 'Show where it was posted', many: '' },
    ],
    [
      {
        act: 'make-visible',
        icon: Eye,
        one: 'Make visible to the customer',
        many: 'Make visible to the customer',
      },
      { act: 'make-internal', icon: Lock, one: 'Make internal', many: 'Make internal' },
      { act: 'rename', icon: Pencil, one: 'Rename', many: '' },
    ],
    [
      { act: 'withdraw', icon: Undo2, one: 'Withdraw', many: 'Withdraw #' },
      { act: 'redact', icon: Eraser, one: 'Remove for good', many: 'Remove # for good' },
    ],
  ];

/** What can be done with the files, in the groups people expect; what cannot be done is not there. */
function groupsFor(acts: FileActs, files: readonly FileBrief[]) {
  const possible = acts.possible(files);
  return ITEMS.map((group) => group.filter(({ act }) => possible.has(act))).filter(
    (group) => group.length > 0,
  );
}

interface ItemsProps {
  readonly acts: FileActs;
  readonly files: readonly FileBrief[];
}

const wordFor = ({ one, many }: (typeof ITEMS)[number][number], files: readonly FileBrief[]) =>
  files.length === 1 ? one : many.replace('#', countWords(files.length));

export function FileActItems({ acts, files }: ItemsProps) {
  return groupsFor(acts, files).map((group, index) => (
    <Fragment key={group[0]?.act}>
      {index > 0 && <MenuLine />}
      {group.map((item) => (
        <MenuItem
          key={item.act}
          icon={<item.icon aria-hidden size={15} />}
          onSelect={() => acts.perform(item.act, files)}
        >
          {wordFor(item, files)}
        </MenuItem>
      ))}
    </Fragment>
  ));
}

/** The same, at the pointer. */
export function FileActContextItems({ acts, files }: ItemsProps) {
  return groupsFor(acts, files).map((group, index) => (
    <Fragment key={group[0]?.act}>
      {index > 0 && <ContextLine />}
      {group.map((item) => (
        <ContextItem
          key={item.act}
          icon={<item.icon aria-hidden size={15} />}
          onSelect={() => acts.perform(item.act, files)}
        >
          {wordFor(item, files)}
        </ContextItem>
      ))}
    </Fragment>
  ));
}
