import { Eraser, Link2, MoreHorizontal, Pencil, Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { toast } from 'sonner';
import type { FeedItem, JobPage } from '../../electron/core/api/jobs-contract.ts';
import { useEditing } from '../edits/editing.tsx';
import { copyLink } from '../links/copy-link.ts';
import { useOffice } from '../shell/office.tsx';
import { IconButton } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { countOf } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';

/** What can be done with an entry that stands: linked to, edited or taken back by its author, removed for good by an admin. (B6, C10) */
export function EntryMenu({ item, page }: { item: FeedItem; page: JobPage }) {
  const { me } = useOffice();
  const editing = useEditing();
  const hasBegun = useRef(false);
  const [asking, setAsking] = useState<'withdraw' | 'redact' | null>(null);
  const { entry, mine, undone, state } = item;
  const isPost = entry.kind === 'reply' || entry.kind === 'file';
  const canWithdraw = state === 'confirmed' && mine && isPost && undone === null;
  const canRedact =
    state === 'confirmed' &&
    me.role === 'admin' &&
    (isPost || entry.kind === 'form_save' || isTitle(entry)) &&
    undone?.how !== 'redacted';
  const canEdit = item.editBasis !== null;
  if (state !== 'confirmed' && !canEdit) return null;
  const close = () => setAsking(null);
  return (
    <span className="-my-1 ml-auto opacity-0 transition-opacity duration-(--fast) group-focus-within/entry:opacity-100 group-hover/entry:opacity-100 has-data-[state=open]:opacity-100">
      <Menu
        align="end"
        label="What to do with this entry"
        trigger={<EntryButton />}
        onClosed={(event) => {
          // The editor has the focus, or will in a moment.
          if (hasBegun.current) event.preventDefault();
          hasBegun.current = false;
        }}
      >
        <MenuItem
          icon={<Link2 aria-hidden size={15} />}
          onSelect={() => void copyLink(entry.jobId, entry.id)}
        >
          Copy link
        </MenuItem>
        {canEdit && (
          <MenuItem
            icon={<Pencil aria-hidden size={15} />}
            onSelect={() => {
              hasBegun.current = editing.begin(item);
            }}
          >
            Edit
            <span className="ml-auto">
              <Kbd>E</Kbd>
            </span>
          </MenuItem>
        )}
        {canWithdraw && (
          <MenuItem icon={<Undo2 aria-hidden size={15} />} onSelect={() => setAsking('withdraw')}>
            Withdraw
          </MenuItem>
        )}
        {canRedact && (
          <MenuItem icon={<Eraser aria-hidden size={15} />} onSelect={() => setAsking('redact')}>
            Remove for good
          </MenuItem>
        )}
      </Menu>
      {asking === 'withdraw' && <WithdrawQuestion item={item} page={page} onClose={close} />}
      {asking === 'redact' && <RedactQuestion item={item} page={page} onClose={close} />}
    </span>
  );
}

const isTitle = (entry: FeedItem['entry']) =>
  entry.kind === 'job_change' && entry.change.kind === 'title';

/** The trigger of a menu is rendered by Radix, which hands its own properties on. */
function EntryButton(rest: object) {
  return (
    <IconButton label="What to do with this entry" className="size-6" {...rest}>
      <MoreHorizontal aria-hidden size={16} />
    </IconButton>
  );
}

interface QuestionProps {
  readonly item: FeedItem;
  readonly page: JobPage;
  readonly onClose: () => void;
}

function WithdrawQuestion({ item, page, onClose }: QuestionProps) {
  const request = useRequest('entries.withdraw', toast.error);
  const { name } = page.customer;
  const isVisible = item.entry.audience === 'visible';
  const withdraw = async () => {
    const done = await request.send({ entryId: item.entry.id });
    if (done !== undefined) toast('Withdrawn');
  };
  return (
    <Confirm
      title="Withdraw this?"
      action="Withdraw"
      keep="Leave it"
      onConfirm={() => void withdraw()}
      onClose={onClose}
    >
      <p className="text-pretty">
        Your team still reads it, marked as withdrawn.{' '}
        {isVisible
          ? `${name} no longer does; whether ${name} had looked before stands beside it.`
          : `${name} cannot see it.`}
        {filesWords(item, ' withdrawn, too.')}
      </p>
      <Quoted item={item} />
    </Confirm>
  );
}

function RedactQuestion({ item, page, onClose }: QuestionProps) {
  const request = useRequest('entries.redact', toast.error);
  const { name } = page.customer;
  const redact = async () => {
    const done = await request.send({ entryId: item.entry.id, withFiles: true });
    if (done !== undefined) toast('Removed for good');
  };
  return (
    <Confirm
      title="Remove this for good?"
      action="Remove for good"
      keep="Keep it"
      onConfirm={() => void redact()}
      onClose={onClose}
    >
      <p className="text-pretty">
        {item.entry.kind === 'file' ? 'What was posted is' : 'The text is'} deleted on the server
        and on all desktops as they connect; nobody can bring it back. That there was an entry
        stays.
        {filesWords(item, ' removed with it.')}
      </p>
      <p className="mt-1.5 text-pretty">
        {item.entry.audience === 'visible'
          ? `${name} may have read it, and may have downloaded files; that cannot be undone. `
          : `${name} cannot see it now. `}
        Backups of the server keep it until they are replaced.
      </p>
      <Quoted item={item} />
    </Confirm>
  );
}

function filesWords({ attachments }: FeedItem, what: string): string {
  const { length } = attachments.filter(({ undone }) => undone?.how !== 'redacted');
  return length === 0 ? '' : ` ${countOf(length, 'file is', 'files are')}${what}`;
}

function Quoted({ item }: { item: FeedItem }) {
  const { entry, attachments } = item;
  const text = entry.kind === 'reply' ? entry.text : attachments.map(({ name }) => name).join('\n');
  if (text === '') return null;
  return (
    <blockquote
      dir="auto"
      className="mt-2 max-h-40 overflow-y-auto border-l-3 border-line-strong pl-3 break-words whitespace-pre-wrap text-ink"
    >
      {text}
    </blockquote>
  );
}
