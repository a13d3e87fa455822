import { useId } from 'react';
import type { Customer } from '../records.ts';
import { Section } from './section.tsx';
import { useRequest } from '../use-request.ts';

/** Whether a customer gets a mail when the office writes. (A6, F2) */
export function NotifySwitch({ customer }: { customer: Customer }) {
  const { id: customerId, notifyOnReplies, emails } = customer;
  const saving = useRequest('customers.update');
  const id = useId();
  const set = (to: boolean) =>
    void saving.send({
      customerId,
      changes: [{ field: 'notifyOnReplies', from: notifyOnReplies, to }],
    });
  return (
    <Section title="Notifications">
      <div className="flex items-start gap-2.5">
        <input
          id={id}
          type="checkbox"
          role="switch"
          className="mt-[3px] size-[15px] shrink-0 accent-accent"
          checked={notifyOnReplies}
          onChange={(event) => set(event.target.checked)}
        />
        <label htmlFor={id} className="min-w-0">
          <span className="font-medium">Notify on replies</span>
          <span className="block text-sm text-pretty text-ink-3 wrap-anywhere">
            {aboutNotify(notifyOnReplies, emails)}
          </span>
        </label>
      </div>
      {saving.sentence !== null && (
        <p role="alert" className="mt-1.5 text-sm text-danger">
          Not saved. {saving.sentence}
        </p>
      )}
    </Section>
  );
}

function aboutNotify(isOn: boolean, emails: readonly string[]): string {
  if (emails.length === 0) return 'There is no email to write to. Add one under Contact.';
  if (!isOn) return 'No mail is sent. Replies and files still stand in the portal.';
  return `One mail to ${emails.join(', ')} when the office replies or adds a file, also when several things come together.`;
}
