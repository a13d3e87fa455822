import { type Ref, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import { HeldFoot, HeldFrame } from '../outbox/held-frame.tsx';
import { Button } from '../ui/button.tsx';
import { dayAndTime } from '../ui/time-words.ts';
import { useRequest } from '../use-request.ts';
import { ChangeScheduled } from './change-scheduled.tsx';
import { CancelQuestion } from './cancel-question.tsx';
import { FileNames } from './file-names.tsx';
import { type HeldWhy, heldWords, mayStillBe } from './scheduled-words.ts';
import { useBackToDraft } from './use-back-to-draft.ts';

/**
 * A reply that was not sent at its time, side by side with what is new. Rescheduling, and changing the words, is the default; Esc
 * leaves it held. (C8)
 */
export function HeldScheduled({
  item,
  held,
  seenVersion,
  onClose,
}: {
  item: ScheduledItem;
  held: NonNullable<ScheduledItem['held']>;
  seenVersion: number;
  onClose: () => void;
}) {
  const [isChanging, setIsChanging] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const { customerName, mine, authorName } = item;
  if (isChanging)
    return (
      <ChangeScheduled
        item={item}
        seenVersion={seenVersion}
        onDone={onClose}
        onClose={() => setIsChanging(false)}
      />
    );
  return (
    <HeldFrame
      title={
        <>
          {heldWords(held, customerName)}
          {mayStillBe(held.why).send && ` Still send ${mine ? 'your' : `${authorName}’s`} reply?`}
        </>
      }
      description={
        <>
          {mine ? 'You' : authorName} scheduled it for {dayAndTime(item.sendAt)}. Nothing has been
          sent.
        </>
      }
      heading="The reply, held"
      held={
        <>
          <p dir="auto" className="text-read leading-read whitespace-pre-wrap">
            {item.text}
          </p>
          <FileNames files={item.files} />
        </>
      }
      news={held.news}
      nothingNew={`Nothing that ${customerName} or the team wrote.`}
      firstRef={first}
      onClose={onClose}
    >
      <HeldChoices
        item={item}
        why={held.why}
        seenVersion={seenVersion}
        firstRef={first}
        onChange={() => setIsChanging(true)}
        onClose={onClose}
      />
    </HeldFrame>
  );
}

/** What could only end as it did is not offered; going on with it as a draft always is. */
function HeldChoices({
  item,
  why,
  seenVersion,
  firstRef,
  onChange,
  onClose,
}: {
  item: ScheduledItem;
  why: HeldWhy;
  seenVersion: number;
  firstRef: Ref<HTMLButtonElement>;
  onChange: () => void;
  onClose: () => void;
}) {
  const [isDiscarding, setIsDiscarding] = useState(false);
  const end = useRequest('scheduled.end');
  const draft = useBackToDraft();
  const { entryId, revision, customerName, mine } = item;
  const may = mayStillBe(why);
  const busy = end.busy || draft.busy;
  const problem = end.sentence ?? draft.sentence;
  const endAs = async (how: 'send' | 'note' | 'cancel', said: string) => {
    const done = await end.send({ entryId, revision, seenVersion, how });
    if (done === undefined) return;
    toast(said);
    onClose();
  };
  const takeBack = async () => {
    if (await draft.takeBack(item, seenVersion)) onClose();
  };
  return (
    <HeldFoot
      problem={problem}
      question={
        isDiscarding && (
          <CancelQuestion
            item={item}
            onCancel={() => void endAs('cancel', 'Discarded')}
            onClose={() => setIsDiscarding(false)}
          />
        )
      }
    >
      <Button look="danger" className="-ml-3 mr-auto" onClick={() => setIsDiscarding(true)}>
        Discard
      </Button>
      {may.note && (
        <Button disabled={busy} onClick={() => void endAs('note', 'It is an internal note now')}>
          Make it an internal note
        </Button>
      )}
      {may.send && (
        <Button disabled={busy} onClick={() => void endAs('send', `On its way to ${customerName}`)}>
          Send now
        </Button>
      )}
      <Button
        {...(!may.change && { ref: firstRef, look: 'primary' as const })}
        disabled={busy}
        onClick={() => void takeBack()}
      >
        Back to a draft
      </Button>
      {may.change && (
        <Button ref={firstRef} look="primary" disabled={busy} onClick={onChange}>
          {mine ? 'Edit or reschedule' : 'Reschedule'}
        </Button>
      )}
    </HeldFoot>
  );
}
