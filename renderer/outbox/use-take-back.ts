import { useContext, useState } from 'react';
import { useLocation } from 'wouter';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { ComposerContext } from '../composer/composer-handle.ts';
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
export function useTakeBack(
  /** Where there is no room for the sentence: a constant function, such as `toast.error`. */
  onRefused?: (sentence: string) => void,
) {
  const [, goTo] = useLocation();
  const { me } = useOffice();
  const door = useDraftDoor();
  const composer = useContext(ComposerContext);
  const request = useRequest('outbox.take-back', onRefused);
  const [occupied, setOccupied] = useState(false);

  const takeBack = async ({ jobId, mutationId, text }: OutboxItem): Promise<boolean> => {
    if (jobId === null) return false;
    const key = { jobId, memberId: me.id };
    const isFree = await door.isFree(key);
    setOccupied(!isFree);
    if (!isFree) return false;
    await door.put(key, draftOf({ text, audience: 'internal', files: [] }));
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
    composer?.current?.write(taken.audience);
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
