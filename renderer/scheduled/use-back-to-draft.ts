import { useContext, useState } from 'react';
import { useLocation } from 'wouter';
import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import { ComposerContext } from '../composer/composer-handle.ts';
import { draftOf } from '../drafts/drafts.ts';
import { useDraftDoor } from '../drafts/use-drafts.tsx';
import { useOffice } from '../shell/office.tsx';
import { useRequest } from '../use-request.ts';

/**
 * Takes a scheduled reply back into its job's composer. As with what is taken back from the outbox the words are in the draft
 * before the core lets go of them, and internal until it has. (C2, C8, H3)
 */
export function useBackToDraft() {
  const [, goTo] = useLocation();
  const { me } = useOffice();
  const door = useDraftDoor();
  const composer = useContext(ComposerContext);
  const request = useRequest('scheduled.take-back');
  const [occupied, setOccupied] = useState(false);

  const takeBack = async (
    { jobId, entryId, revision, text }: ScheduledItem,
    seenVersion: number,
  ): Promise<boolean> => {
    const key = { jobId, memberId: me.id };
    const isFree = await door.isFree(key);
    setOccupied(!isFree);
    if (!isFree) return false;
    await door.put(key, draftOf({ text, audience: 'internal', files: [] }));
    const taken = await request.send({ entryId, revision, seenVersion });
    if (taken === undefined) {
      await door.put(key, undefined);
      return false;
    }
    const { audience, files } = taken;
    await door.put(key, draftOf({ text: taken.text, audience, files }));
    goTo(`/jobs/${jobId}`);
    composer?.current?.write(audience);
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
