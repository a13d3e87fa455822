import { createContext, type RefObject } from 'react';
import type { PickedFile } from '../attachments/picked-file.ts';
import type { Audience } from '../records.ts';

/** What the rest of the job page can ask of its composer. */
export interface ComposerHandle {
  /** Puts the cursor into the text, for this audience. */
  write(audience: Audience): void;
  /** Opens the system's dialog. (D1) */
  chooseFiles(): void;
  addFiles(files: readonly PickedFile[]): void;
}

/** The composer of the job page that is shown; null elsewhere. */
export const ComposerContext = createContext<RefObject<ComposerHandle | null> | null>(null);
