import { useEffect, useState } from 'react';
import type { MemberDraft } from '../../electron/core/api/members-contract.ts';
import { useRequest } from '../use-request.ts';

/** Made once for a form: whatever is tried with it is the same member, with the same password. */
export function useMemberDraft(): MemberDraft | undefined {
  const { send } = useRequest('members.draft');
  const [draft, setDraft] = useState<MemberDraft | undefined>(undefined);
  useEffect(() => {
    void send({}).then(setDraft);
  }, [send]);
  return draft;
}
