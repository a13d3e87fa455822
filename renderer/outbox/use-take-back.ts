import { useState } from 'react';
import { useLocation } from 'wouter';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { draftOf } from '../drafts/drafts.ts';
import { useDraftDoor } from '../drafts/use-drafts.tsx';
import { useOffice } from '../shell/office.tsx';
import { useRequest } from '../use-request.ts';

/**
 * Takes a waiting note or reply back into its job's composer. (C4)
 *
 * The text is in the draft before the core lets go of it, so that no crash between the two loses a word; until the core has
 * answered the draft is internal, whatever it was, so that the same crash cannot widen an audience. (C2, H3)
 */
export function useTakeBack(item: OutboxItem) {
  const [, goTo] = useLocation();
  const { me } = useOffice();
  const door = useDraftDoor();
  const request = useRequest('outbox.take-back');
  const [occupied, setOccupied] = useState(false);

  const takeBack = async (): Promise<boolean> => {
    const { jobId, mutationId } = item;
    if (jobId === null) return false;
    const key = { jobId, memberId: me.id };
    const isFree = await door.isFree(key);
    setOccupied(!isFree);
    if (!isFree) return false;
    await door.put(key, draftOf({ text: item.text, audience: 'internal', files: [] }));
    const taken = await request.send({ mutationId });
    if (taken === undefined) {
      await door.put(key, undefined);
      return false;
    }
    await door.put(
      key,
      draftOf({ text: taken.text, audience: taken.audience, files: taken.files }),
    );
    goTo(`/jobs/${jobId}`);
    return true;
  };

  return {
    takeBack,
    busy: request.busy,
    sentence: occupied
      ? 'Another draft stands in this job’s composer. Post it or clear it first.'
      : request.sentence,
  };
}
