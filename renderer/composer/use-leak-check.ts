import { useState } from 'react';
import { toast } from 'sonner';
import type { Leak } from '../../electron/core/api/leaks-contract.ts';
import type { DraftContent } from '../drafts/drafts.ts';
import type { JobId } from '../records.ts';
import { useRequest } from '../use-request.ts';

export interface LeakCheck {
  /** What a person has to be asked about; null while nothing is. */
  readonly leaks: readonly Leak[] | null;
  readonly busy: boolean;
  /** False where it is not to go now: something was found, or nobody could look. */
  mayGo(draft: DraftContent): Promise<boolean>;
  close(): void;
}

/** Looks once more before a customer reply goes. (C9) */
export function useLeakCheck(jobId: JobId): LeakCheck {
  const find = useRequest('entries.find-leaks', toast.error);
  const [leaks, setLeaks] = useState<readonly Leak[] | null>(null);
  return {
    leaks,
    busy: find.busy,
    mayGo: async ({ audience, text, files }) => {
      if (audience === 'internal') return true;
      const shown = files.filter((file) => file.audience === 'visible');
      const blobIds = shown.map(({ blobId }) => blobId);
      const found = await find.send({ jobId, text, blobIds });
      if (found !== undefined && found.length > 0) setLeaks(found);
      return found?.length === 0;
    },
    close: () => setLeaks(null),
  };
}
