import { Check, EyeOff, Paperclip, PenLine, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PipelineDraft } from '../records.ts';
import { HueDot } from '../ui/hue-dot.tsx';

/** In plain words and shapes: what a customer of this pipeline would see and could do. (A5) */
export function PortalSketch({ draft }: { draft: PipelineDraft }) {
  const open = draft.stages.filter(({ visibleToCustomer }) => visibleToCustomer);
  const hidden = draft.stages.filter(({ visibleToCustomer }) => !visibleToCustomer);
  const fields = draft.fields.filter(({ customerCanEdit }) => customerCanEdit);
  return (
    <section
      aria-label="What a customer would see"
      className="rounded-xl border border-customer-line bg-customer/35 px-4 py-3.5"
    >
      <h2 className="font-semibold text-customer-ink">What a customer would see</h2>
      <ul className="mt-3 grid gap-1.5">
        {open.map(({ id, name, hue }) => (
          <li key={id} className="flex items-center gap-2">
            <HueDot hue={hue} />
            <bdi className="min-w-0 truncate">{name === '' ? 'A stage without a name' : name}</bdi>
          </li>
        ))}
      </ul>
      {open.length === 0 && (
        <p className="text-warn">No stage is visible: none of these jobs is ever in the portal.</p>
      )}
      {hidden.length > 0 && (
        <Line icon={<EyeOff size={14} />}>
          Nothing of the job while it is in{' '}
          {hidden.map(({ name }) => `“${name === '' ? '…' : name}”`).join(', ')}
        </Line>
      )}
      <div className="mt-3 border-t border-customer-line pt-1.5">
        <Line icon={<Check size={14} />}>Messages and files marked visible</Line>
        <Line icon={<Send size={14} />} isOff={!draft.customerCanReply}>
          {draft.customerCanReply ? 'A box to write back' : 'No box to write back'}
        </Line>
        <Line icon={<Paperclip size={14} />} isOff={!draft.customerCanUpload}>
          {draft.customerCanUpload ? 'A button to send photos and files' : 'No way to send files'}
        </Line>
        <Line icon={<PenLine size={14} />} isOff={fields.length === 0}>
          {fields.length === 0
            ? 'Nothing to fill in'
            : `To fill in: ${fields.map(({ label }) => (label === '' ? '…' : label)).join(', ')}`}
        </Line>
      </div>
    </section>
  );
}

function Line({
  icon,
  isOff,
  children,
}: {
  icon: ReactNode;
  isOff?: boolean;
  children: ReactNode;
}) {
  return (
    <p className={`mt-1.5 flex gap-2 ${isOff === true ? 'text-ink-3' : 'text-ink-2'}`}>
      <span aria-hidden className="mt-[3px] shrink-0">
        {icon}
      </span>
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}
