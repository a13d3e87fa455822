// What a crash run says: how often what was hit, and every promise that did not hold.

/** Where a desk was when it was killed. */
export type DeskPhase =
  | 'starting'
  | 'migrating'
  | 'signing in'
  | 'first sync'
  | 'catching up'
  | 'writing'
  | 'taking a file in'
  | 'uploading'
  | 'settling';

/** One text a core answered "accepted" for; the desk goes on only after this is in the side file. */
export interface AcceptedText {
  readonly text: string;
  readonly kind: 'note' | 'reply' | 'files' | 'job';
  readonly blobIds: readonly string[];
}

export interface CrashTally {
  readonly 'server kills': number;
  readonly 'server kills while starting': number;
  readonly 'server kills between commit and answer': number;
  readonly 'desk kills': number;
  readonly 'desk kills while starting': number;
  readonly 'desk kills in a first sync': number;
  readonly 'desk kills while catching up': number;
  readonly 'desk kills while writing': number;
  readonly 'desk kills while taking a file in': number;
  readonly 'desk kills while uploading': number;
  readonly 'desk kills while migrating': number;
  readonly desks: number;
  readonly 'texts accepted': number;
  readonly 'texts on the server': number;
  readonly 'texts held for a person': number;
  readonly 'written but killed before the answer': number;
  readonly 'files with their bytes': number;
  readonly 'replays absorbed': number;
  readonly 'rows compared': number;
}

export interface CrashReport {
  readonly tally: CrashTally;
  /** Each a sentence; empty where everything held. */
  readonly violations: readonly string[];
}
