import { Braces, FileWarning, type LucideIcon, StickyNote, UserRoundX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Leak } from '../../electron/core/api/leaks-contract.ts';
import { Confirm } from '../ui/dialog.tsx';

/** Before a customer reply goes with something in it that may not be meant for the customer, or not finished. (C9, C6) */
export function LeakQuestion({
  customerName,
  leaks,
  onSend,
  onClose,
}: {
  customerName: string;
  leaks: readonly Leak[];
  onSend: () => void;
  onClose: () => void;
}) {
  return (
    <Confirm
      title={titleOf(leaks, customerName)}
      action="Send it anyway"
      keep="Back to the reply"
      onConfirm={onSend}
      onClose={onClose}
    >
      <ul className="mt-2 grid gap-3">
        {leaks.map((leak) => (
          <LeakRow key={keyOf(leak)} leak={leak} customerName={customerName} />
        ))}
      </ul>
    </Confirm>
  );
}

function titleOf(leaks: readonly Leak[], customerName: string): string {
  return leaks.every(({ kind }) => kind === 'unfilled')
    ? 'Something is not filled in'
    : `Is all of this for ${customerName}?`;
}

function LeakRow({ leak, customerName }: { leak: Leak; customerName: string }) {
  switch (leak.kind) {
    case 'note':
      return (
        <Row icon={StickyNote} words="These words stand in an internal note of this job:">
          <q
            dir="auto"
            className="mt-1 block border-l-3 border-internal-line pl-2.5 text-ink wrap-anywhere"
          >
            {leak.words}
          </q>
        </Row>
      );
    case 'file':
      return (
        <Row
          icon={FileWarning}
          words={
            leak.isOtherJob
              ? `This file is internal on another job, ${leak.jobTitle}:`
              : 'This file is internal on this job:'
          }
        >
          <bdi className="block text-ink wrap-anywhere">{leak.name}</bdi>
        </Row>
      );
    case 'unfilled':
      return (
        <Row
          icon={Braces}
          words={`Nobody has filled this in, and ${customerName} would read it as it is:`}
        >
          <bdi className="block text-ink wrap-anywhere">{leak.words}</bdi>
        </Row>
      );
    case 'customer':
      return (
        <Row
          icon={UserRoundX}
          words={`Another customer is named, whom ${customerName} may not know of:`}
        >
          <bdi className="block text-ink wrap-anywhere">{leak.name}</bdi>
        </Row>
      );
  }
}

function Row({
  icon: Icon,
  words,
  children,
}: {
  icon: LucideIcon;
  words: string;
  children: ReactNode;
}) {
  return (
    <li className="flex gap-2.5">
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0 text-warn" />
      <div className="min-w-0 flex-1 text-pretty">
        {words}
        {children}
      </div>
    </li>
  );
}

function keyOf(leak: Leak): string {
  switch (leak.kind) {
    case 'note':
      return leak.entryId;
    case 'file':
      return leak.blobId;
    case 'unfilled':
      return leak.words;
    case 'customer':
      return leak.customerId;
  }
}
