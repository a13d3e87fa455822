import { Trash2 } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import type { CustomerPage } from '../../electron/core/api/care-contract.ts';
import { useOffice } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm, Dialog, DialogFoot } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { countOf } from '../ui/size-words.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

/** The way out for a customer: one without jobs is removed by anyone, one with jobs is deleted for good by an admin. (A6) */
export function DeleteCustomer({ page }: { page: CustomerPage }) {
  const { me } = useOffice();
  const [isAsking, setIsAsking] = useState(false);
  const hasJobs = page.jobCount > 0;
  const mayDelete = !hasJobs || me.role === 'admin';
  return (
    <div>
      <Button
        small
        look="danger"
        className="-ml-2.5"
        disabled={!mayDelete}
        onClick={() => setIsAsking(true)}
      >
        <Trash2 aria-hidden size={14} />
        {hasJobs ? 'Delete this customer for good' : 'Remove this customer'}
      </Button>
      {!mayDelete && (
        <p className="mt-1 text-sm text-ink-3">
          Only an admin can delete a customer with all their jobs.
        </p>
      )}
      {isAsking && hasJobs && <DeleteDialog page={page} onClose={() => setIsAsking(false)} />}
      {isAsking && !hasJobs && <RemoveQuestion page={page} onClose={() => setIsAsking(false)} />}
    </div>
  );
}

interface Asked {
  readonly page: CustomerPage;
  readonly onClose: () => void;
}

function useDelete({ page: { customer }, onClose }: Asked) {
  const [, goTo] = useLocation();
  const request = useRequest('customers.delete');
  const send = async (withJobs: boolean) => {
    const { id: customerId, name: fromName } = customer;
    const answer = await request.send({ customerId, fromName, withJobs });
    if (answer === undefined) return;
    onClose();
    goTo('/customers');
    toast(`${fromName} is deleted`);
  };
  return { send, busy: request.busy, sentence: request.sentence };
}

function RemoveQuestion(asked: Asked) {
  const { customer } = asked.page;
  const deleting = useDelete(asked);
  return (
    <Confirm
      title={`Remove ${customer.name}?`}
      action="Remove"
      keep="Keep them"
      onConfirm={() => void deleting.send(false)}
      onClose={asked.onClose}
    >
      They have no jobs. What the office knows of them and their portal links go from the server and
      every device. This cannot be undone.
    </Confirm>
  );
}

/** Says what goes, and wants the name: a click alone is too little for what nobody can bring back. */
function DeleteDialog(asked: Asked) {
  const { customer, links } = asked.page;
  const [typed, setTyped] = useState('');
  const { value: counts } = useQuery('customers.belongings', { customerId: customer.id });
  const deleting = useDelete(asked);
  const isName = sameName(typed, customer.name);
  const canDelete = isName && counts !== undefined && !deleting.busy;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (canDelete) void deleting.send(true);
  };
  return (
    <Dialog
      title={`Delete ${customer.name} for good?`}
      description="All of this goes from the server and from every device of the office. Nobody can bring it back."
      onClose={asked.onClose}
    >
      <form noValidate className="contents" onSubmit={submit}>
        <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] gap-3.5 overflow-y-auto px-5 pt-1 pb-5">
          {counts !== undefined && (
            <ul aria-label="What goes" className="grid gap-1 text-ink-2">
              <Gone what={countOf(counts.jobs, 'job')} with="and all that happened on them" />
              <Gone what={countOf(counts.messages, 'message')} with="notes and replies" />
              <Gone
                what={countOf(counts.files, 'file')}
                with="but not what is on another customer’s job, too"
              />
              <Gone
                what="Contact data"
                with={`${linkWords(links.length)}they are signed out of the portal`}
              />
            </ul>
          )}
          {counts !== undefined && counts.waiting > 0 && (
            <Notice look="warn">
              {countOf(counts.waiting, 'thing')} of yours for them{' '}
              {counts.waiting === 1 ? 'waits' : 'wait'} to be sent and will come back to you
              instead.
            </Notice>
          )}
          <Notice look="calm">
            Mails that were sent stay where they arrived, and your backups keep what they hold until
            they are replaced.
          </Notice>
          <TextField
            label={`Type “${customer.name}” to delete them`}
            dir="auto"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          {deleting.sentence !== null && <Notice look="danger">{deleting.sentence}</Notice>}
        </div>
        <DialogFoot>
          <Button look="danger" type="submit" className="mr-auto" disabled={!canDelete}>
            Delete for good
          </Button>
          <Button look="primary" onClick={asked.onClose}>
            Keep them
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

function linkWords(count: number): string {
  return count === 0 ? '' : `and ${countOf(count, 'portal link')}; `;
}

function Gone({ what, with: words }: { what: string; with: string }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-1.5">
      <b className="font-semibold text-ink tabular-nums">{what}</b>
      <span className="text-sm">{words}</span>
    </li>
  );
}

/** However a keyboard writes an accent, and whatever spaces surround it. */
function sameName(typed: string, name: string): boolean {
  return typed.trim().normalize('NFC') === name.trim().normalize('NFC');
}
