import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { Link } from 'wouter';
import type { CustomerPage } from '../../electron/core/api/care-contract.ts';
import { unsavedWords } from '../drafts/unsaved-words.ts';
import { useEditDraft } from '../drafts/use-drafts.tsx';
import type { Customer } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button } from '../ui/button.tsx';
import { INPUT_LOOK, TextField } from '../ui/field.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useRequest } from '../use-request.ts';
import { type ContactDraft, changesOf, contactOf, emailsFrom } from './contact-draft.ts';
import { Section } from './section.tsx';

/** How a customer is reached. Only what was changed is saved, each field based on what stood when it was begun. (A6, C3, H5) */
export function ContactForm({ page }: { page: CustomerPage }) {
  const { customer } = page;
  const { me } = useOffice();
  const stored = useEditDraft<ContactDraft>({
    subject: `customer ${customer.id}`,
    memberId: me.id,
  });
  const { draft } = stored;
  const saving = useRequest('customers.update');
  const shown = draft?.now ?? contactOf(customer);
  const changes = draft === undefined ? [] : changesOf(draft);
  const problem = problemOf(shown);

  const set = (field: keyof ContactDraft['now'], value: string) => {
    saving.clear();
    stored.change((before) => {
      const from = before?.from ?? customer;
      return { from, now: { ...(before?.now ?? contactOf(customer)), [field]: value } };
    });
  };
  const save = async () => {
    if (changes.length === 0 || problem !== null || saving.busy) return;
    const saved = await saving.send({ customerId: customer.id, changes });
    if (saved !== undefined) stored.change(() => undefined);
  };
  useShortcut([{ key: 's', mod: true }], () => void save());

  return (
    <Section title="Contact">
      <form
        noValidate
        aria-label="Contact"
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label="Name"
          dir="auto"
          maxLength={200}
          value={shown.name}
          onChange={(event) => set('name', event.target.value)}
        />
        <TextField
          label="Emails"
          hint="Several with a comma between them"
          inputMode="email"
          maxLength={2600}
          value={shown.emails}
          onChange={(event) => set('emails', event.target.value)}
        />
        <TextField
          label="Phone"
          type="tel"
          maxLength={60}
          value={shown.phone}
          onChange={(event) => set('phone', event.target.value)}
        />
        <SharedEmails page={page} />
        <Notes value={shown.notes} onChange={(notes) => set('notes', notes)} />
        {draft !== undefined && <Overtaken draft={draft} customer={customer} />}
        {(changes.length > 0 || saving.sentence !== null) && (
          <footer className="flex flex-wrap items-center gap-2">
            <Button look="primary" type="submit" disabled={problem !== null || saving.busy}>
              Save <Kbd inverse>Ctrl S</Kbd>
            </Button>
            <Button look="quiet" onClick={() => stored.change(() => undefined)}>
              Undo changes
            </Button>
            <span role="status" className="text-sm text-ink-2">
              {problem ?? unsavedWords(changes.length, stored.state)}
            </span>
            {saving.sentence !== null && (
              <span role="alert" className="text-sm text-danger">
                Not saved. {saving.sentence}
              </span>
            )}
          </footer>
        )}
      </form>
    </Section>
  );
}

function Notes({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-ink-2">
        Notes <span className="font-normal text-ink-3">· only your team reads them</span>
      </label>
      <textarea
        id={id}
        dir="auto"
        rows={3}
        maxLength={20_000}
        className={`${INPUT_LOOK} field-sizing-content max-h-60 min-h-[72px] w-full resize-none leading-read`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

/** Two customers with one email get each other's mails, and a link asked for by mail can lead to one of them only. */
function SharedEmails({ page }: { page: CustomerPage }) {
  if (page.sharedEmails.length === 0) return null;
  return (
    <div role="note" className="flex gap-2 rounded-lg bg-warn-soft px-3 py-2 text-warn">
      <TriangleAlert aria-hidden size={15} className="mt-0.5 shrink-0" />
      <p className="min-w-0 text-pretty wrap-anywhere">
        {page.sharedEmails.map(({ email, customerId, name }, index) => (
          <span key={`${email} ${customerId}`}>
            {index > 0 && ' '}
            <b className="font-medium">{email}</b> is also the email of{' '}
            <Link href={`/customers/${customerId}`} className="underline underline-offset-2">
              <bdi>{name}</bdi>
            </Link>
            .
          </span>
        ))}{' '}
        Whoever reads that mailbox gets the mails of both.
      </p>
    </div>
  );
}

/** Says what others changed while this was being written; saving asks about it. */
function Overtaken({ draft, customer }: { draft: ContactDraft; customer: Customer }) {
  const labels = overtakenLabels(draft, customer);
  if (labels.length === 0) return null;
  return (
    <p className="text-sm text-warn">
      {labels.join(', ')} changed meanwhile. If you save, you are asked which one stands.
    </p>
  );
}

function overtakenLabels(draft: ContactDraft, customer: Customer): string[] {
  const stands = contactOf(customer);
  const from = contactOf(draft.from);
  return (['name', 'emails', 'phone', 'notes'] as const)
    .filter((field) => stands[field] !== from[field] && draft.now[field] !== from[field])
    .map((field) => field.charAt(0).toUpperCase() + field.slice(1));
}

function problemOf({ name, emails }: ContactDraft['now']): string | null {
  if (name.trim() === '') return 'A customer needs a name.';
  const bad = emailsFrom(emails).find((email) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email));
  if (bad !== undefined) return `“${bad}” is not an email address.`;
  return emailsFrom(emails).length > 10 ? 'At most ten emails are kept.' : null;
}
