import { useCallback, useEffect, useState } from 'react';
import type { MemberList } from '../../electron/core/api/members-contract.ts';
import type { MemberId } from '../records.ts';
import { useNow } from '../ui/use-now.ts';
import { useBridge } from '../use-bridge.tsx';
import { useQuery } from '../use-query.ts';
import { sentenceOf } from '../use-request.ts';

export type SeenMember = MemberList['members'][number];
export type Device = NonNullable<SeenMember['devices']>[number];

export interface KnownMembers {
  /** By their ids; undefined before the server has told. */
  readonly seen: ReadonlyMap<MemberId, SeenMember> | undefined;
  readonly thisClientId: string | undefined;
  /** Why the server could not be asked; null where it could. */
  readonly sentence: string | null;
  /** Nothing about members can be changed now, since only the server can. */
  readonly isOffline: boolean;
  readonly reload: () => void;
}

/** Who was last seen when and on what, which only the server knows: asked when the page opens, back online, and each minute. (J1) */
export function useMemberList(): KnownMembers {
  const bridge = useBridge();
  const { value: sync } = useQuery('sync', {});
  const [told, setTold] = useState<{ list?: MemberList; sentence: string | null }>(NOTHING_YET);
  const now = useNow();
  const isOffline = sync?.kind === 'offline';
  const canAsk = sync !== undefined && !isOffline;
  const reload = useCallback(() => {
    bridge.request('members.list', {}).then(
      (list) => setTold({ list, sentence: null }),
      // What is known stays on the screen.
      (error: unknown) => setTold((before) => ({ ...before, sentence: sentenceOf(error) })),
    );
  }, [bridge]);
  useEffect(() => {
    if (canAsk) reload();
  }, [canAsk, now, reload]);
  const { list, sentence } = told;
  return {
    seen: list && new Map(list.members.map((member) => [member.memberId, member])),
    thisClientId: list?.thisClientId,
    sentence: isOffline ? null : sentence,
    isOffline,
    reload,
  };
}

const NOTHING_YET = { sentence: null };
