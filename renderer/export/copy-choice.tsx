import { Check, Eye, Lock } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import type { ExportCopy, ExportOutlook } from '../../electron/core/api/exports-contract.ts';
import { classNames } from '../ui/class-names.ts';
import { COPY_WORDS, heldWords } from './export-words.ts';

const LOOKS = {
  customer: { icon: Eye, on: 'border-visible-line bg-visible', ink: 'text-visible-ink' },
  full: { icon: Lock, on: 'border-internal-line bg-internal', ink: 'text-internal-ink' },
} as const;

/** The two copies, in the words, signs and colours of who may read them. (G4, C1) */
export function CopyChoice({
  outlook,
  copy,
  onChange,
}: {
  outlook: ExportOutlook;
  /** Null while none is chosen. */
  copy: ExportCopy | null;
  onChange: (copy: ExportCopy) => void;
}) {
  const { customer, customerName, full, whyNoCustomerCopy } = outlook;
  return (
    <RadioGroup.Root
      aria-label="Which copy"
      value={copy ?? ''}
      onValueChange={(value) => onChange(value as ExportCopy)}
      className="grid grid-cols-[minmax(0,1fr)] gap-2 sm:grid-cols-2"
    >
      <CopyCard
        copy="customer"
        isChosen={copy === 'customer'}
        isPossible={customer !== null}
        reader={`For ${customerName}`}
        held={customer === null ? null : heldWords(customer)}
      >
        {customer === null
          ? whyNoCustomerCopy
          : 'Only what they can read in the portal now. Nothing internal is in it.'}
      </CopyCard>
      <CopyCard
        copy="full"
        isChosen={copy === 'full'}
        isPossible
        reader="Only for your team"
        held={heldWords(full)}
      >
        Everything: internal notes and files, who did what and when. Do not pass it on.
      </CopyCard>
    </RadioGroup.Root>
  );
}

function CopyCard({
  copy,
  isChosen,
  isPossible,
  reader,
  held,
  children,
}: {
  copy: ExportCopy;
  isChosen: boolean;
  isPossible: boolean;
  reader: string;
  held: string | null;
  children: string;
}) {
  const { icon: Icon, on, ink } = LOOKS[copy];
  return (
    <RadioGroup.Item
      value={copy}
      disabled={!isPossible}
      className={classNames(
        'relative flex flex-col items-start gap-0.5 rounded-[10px] border px-3 py-2.5 text-left transition-colors duration-(--fast)',
        isChosen ? on : 'border-line-strong bg-surface hover:bg-surface-3',
        !isPossible && 'border-dashed hover:bg-surface',
      )}
    >
      <span className={classNames('flex items-center gap-1.5 font-semibold', ink)}>
        <Icon aria-hidden size={15} strokeWidth={2} />
        {COPY_WORDS[copy]}
      </span>
      <span className="max-w-full truncate font-medium">{reader}</span>
      <span className="text-sm text-pretty text-ink-2">{children}</span>
      {held !== null && <span className="mt-1 text-sm text-ink-2 tabular-nums">{held}</span>}
      <RadioGroup.Indicator className={classNames('absolute top-2.5 right-2.5', ink)}>
        <Check aria-hidden size={15} strokeWidth={2.4} />
      </RadioGroup.Indicator>
    </RadioGroup.Item>
  );
}
