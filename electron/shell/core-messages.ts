// What the main process and the core's process say to each other. Files and windows travel over ports of their own.

import type { DesktopAct, DesktopState } from '../core/api/desktop-contract.ts';
import type { FileForm } from '../core/api/files-contract.ts';
import type { LogLine } from '../core/host.ts';

export interface CoreSettings {
  readonly dataFolder: string;
  readonly homeFolder: string;
  readonly deviceName: string;
  /** Offered at the first sign-in; '' where none was given. */
  readonly defaultServerUrl: string;
}

/** From the main process. */
export type ToCoreProcess =
  | { readonly kind: 'start'; readonly settings: CoreSettings }
  /** Comes with one port: the window's line to the core. */
  | { readonly kind: 'window' }
  /** Comes with one port: bytes in, one `FileAnswer` out. */
  | { readonly kind: 'add-file'; readonly name: string }
  /** Comes with one port: one `FileAnswer` out, then bytes out. */
  | {
      readonly kind: 'open-file';
      readonly door: FileDoor;
      readonly id: string;
      readonly form: FileForm;
    }
  /** What the desktop can do now; before `start`, and again with each change. */
  | { readonly kind: 'desktop'; readonly state: DesktopState }
  | { readonly kind: 'secret'; readonly id: number; readonly answer: SecretAnswer }
  | { readonly kind: 'path-opened'; readonly id: number; readonly isDone: boolean }
  | { readonly kind: 'drag-started'; readonly id: number; readonly isDone: boolean }
  | { readonly kind: 'close' };

/** An attachment of a record, a file of a draft that no record names yet, one in a watched folder, several as a zip, or a job. */
export type FileDoor = 'attachment' | 'draft-file' | 'inbox-file' | 'zip' | 'export';

export type SecretAnswer =
  | { readonly kind: 'done'; readonly value: string | null }
  | { readonly kind: 'failed' };

/** From the core's process. */
export type FromCoreProcess =
  /** The core cannot run; `sentence` is for a person. */
  | { readonly kind: 'not-started'; readonly sentence: string }
  | { readonly kind: 'secret'; readonly id: number; readonly wish: SecretWish }
  /** To be opened with the system's program; answered with `path-opened`. */
  | { readonly kind: 'open-path'; readonly id: number; readonly path: string }
  /** To be dragged out of the window; answered with `drag-started`. */
  | { readonly kind: 'start-drag'; readonly id: number; readonly paths: readonly string[] }
  | { readonly kind: 'desktop-act'; readonly act: DesktopAct }
  | { readonly kind: 'log'; readonly line: LogLine };

export type SecretWish =
  | { readonly kind: 'read'; readonly name: string }
  | { readonly kind: 'write'; readonly name: string; readonly value: string }
  | { readonly kind: 'remove'; readonly name: string };

/** How a file exchange ends, or how it begins where bytes follow. */
export type FileAnswer<Value> =
  | { readonly kind: 'answer'; readonly value: Value }
  /** `error` is the kind of the core's failure, `sentence` is for a person. */
  | { readonly kind: 'failed'; readonly error: string; readonly sentence: string };

export interface FileDescription {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
}
