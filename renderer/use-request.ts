import { useCallback, useState } from 'react';
import type { RequestName, Requests } from '../electron/core/api/contract.ts';
import { BridgeError } from './bridge.ts';
import { useBridge } from './use-bridge.tsx';

export interface RequestState<N extends RequestName> {
  /** Answers undefined where the core refused; `sentence` then says why. Never throws. */
  send(args: Requests[N]['args']): Promise<Requests[N]['answer'] | undefined>;
  readonly busy: boolean;
  readonly sentence: string | null;
  clear(): void;
}

/** One request with its states, for a button or a form. */
export function useRequest<N extends RequestName>(
  name: N,
  /** Where there is no room for the sentence: a constant function, such as `toast.error`. */
  onRefused?: (sentence: string) => void,
): RequestState<N> {
  const bridge = useBridge();
  const [busy, setBusy] = useState(false);
  const [sentence, setSentence] = useState<string | null>(null);

  const send = useCallback(
    async (args: Requests[N]['args']) => {
      setBusy(true);
      setSentence(null);
      try {
        return await bridge.request(name, args);
      } catch (error) {
        const refusal = sentenceOf(error);
        setSentence(refusal);
        onRefused?.(refusal);
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [bridge, name, onRefused],
  );
  const clear = useCallback(() => setSentence(null), []);

  return { send, busy, sentence, clear };
}

/** The sentence of an expected failure; our own bugs go on as exceptions. */
export function sentenceOf(error: unknown): string {
  if (error instanceof BridgeError) return error.message;
  throw error;
}
