import { useCallback, useRef, useState } from 'react';
import type { AddFileResult } from '../../electron/core/api/files-contract.ts';
import { useBridge } from '../use-bridge.tsx';
import { type FolderContent, readFolder } from './folder-files.ts';
import { type PickedFile, refusalBefore, refusalToRead } from './picked-file.ts';

export type AddedFile = Extract<AddFileResult, { kind: 'added' }>;

export interface Intake {
  /** On their way to this device's disk; `share` is 0 to 1. */
  readonly running: readonly {
    readonly key: number;
    readonly name: string;
    readonly share: number;
  }[];
  /** One sentence for each file that was not taken. */
  readonly refusals: readonly { readonly key: number; readonly sentence: string }[];
  /** Folders that were dropped and wait for a person's word. */
  readonly folders: readonly { readonly key: number; readonly content: FolderContent }[];
  /** `onAdded` is called for each file when its bytes are safe, also after the component is gone. */
  add(files: readonly PickedFile[], onAdded: (added: AddedFile) => void): void;
  dismiss(key: number): void;
  dismissAll(): void;
}

/** Takes files in one by one; one bad file never blocks the others. (D2, D4) */
export function useIntake(): Intake {
  const bridge = useBridge();
  const [running, setRunning] = useState<Intake['running']>([]);
  const [refusals, setRefusals] = useState<Intake['refusals']>([]);
  const [folders, setFolders] = useState<Intake['folders']>([]);
  const lastKey = useRef(0);

  const takeIn = useCallback(
    async ({ file, folder }: PickedFile, onAdded: (added: AddedFile) => void) => {
      const key = ++lastKey.current;
      if (folder !== null) {
        const content = await readFolder(folder);
        setFolders((before) => [...before, { key, content }]);
        return;
      }
      const refuse = (sentence: string) => setRefusals((before) => [...before, { key, sentence }]);
      const early = refusalBefore(file) ?? (await refusalToRead(file));
      if (early !== null) {
        refuse(early);
        return;
      }
      setRunning((before) => [...before, { key, name: file.name, share: 0 }]);
      const progress = (share: number) =>
        setRunning((before) => before.map((one) => (one.key === key ? { ...one, share } : one)));
      const result = await bridge.addFile(file, progress);
      setRunning((before) => before.filter((one) => one.key !== key));
      if (result.kind === 'added') onAdded(result);
      else refuse(result.sentence);
    },
    [bridge],
  );

  return {
    running,
    refusals,
    folders,
    add: (files, onAdded) => {
      for (const picked of files) void takeIn(picked, onAdded);
    },
    dismiss: (key) => {
      setRefusals((before) => before.filter((one) => one.key !== key));
      setFolders((before) => before.filter((one) => one.key !== key));
    },
    dismissAll: () => setRefusals([]),
  };
}
