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
  /**
   * `onAdded` is called for each file when its bytes are safe, also after the component is gone. `later` are the blobs of those
   * that were chosen after it and were faster: it stands before them.
   */
  add(
    files: readonly PickedFile[],
    onAdded: (added: AddedFile, later: ReadonlySet<string>) => void,
  ): void;
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
  /** Blobs that were added here, by their place among all that was chosen. */
  const taken = useRef<readonly { key: number; blobId: string }[]>([]);

  const takeIn = useCallback(
    async ({ file, folder }: PickedFile, onAdded: Parameters<Intake['add']>[1]) => {
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
      if (result.kind === 'refused') {
        refuse(result.sentence);
        return;
      }
      const later = taken.current.filter((one) => one.key > key).map(({ blobId }) => blobId);
      taken.current = [...taken.current, { key, blobId: result.blobId }];
      onAdded(result, new Set(later));
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
