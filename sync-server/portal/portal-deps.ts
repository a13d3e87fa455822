import type { BlobStore } from '../blobs/blob-store.ts';
import type { UploadDeps } from '../blobs/upload-routes.ts';
import type { Config } from '../config.ts';
import type { CustomerId, JobId, MutationId, WorkspaceId } from '../protocol/ids.ts';
import type { customerMutationArgs, MutationArgs } from '../protocol/mutations.ts';
import type { PushOutcome } from '../protocol/outcome.ts';
import type { MailOutbox } from '../storage/mail-outbox.ts';
import type {
  BlobRows,
  BroughtBlobs,
  CleanedBlobs,
  CustomerDoor,
  RecordReader,
  CustomerDays,
} from '../storage/storage.ts';

/** What the portal stands on: it reads, and it changes nothing but through `act`. */
export interface PortalDeps extends UploadDeps {
  readonly config: Pick<Config, 'publicUrl' | 'timeZone' | 'customerDay'>;
  readonly storage: RecordReader &
    CustomerDoor &
    BlobRows &
    BroughtBlobs &
    CleanedBlobs &
    CustomerDays & { readonly mails: Pick<MailOutbox, 'mailLink'> };
  readonly blobs: BlobStore;
  /** Unix time in milliseconds. */
  now(): number;
  /** Applies a customer's mutation the way a push is applied: at most once per id, a repeat answering what the first did. [P1] */
  act(act: CustomerAct): Promise<PushOutcome>;
  /**
   * Mails a fresh sign-in link to an address of a customer, where that is not asked too often. What comes of it is not for
   * whoever asked at the door. (E1)
   */
  sendSignInLink(wish: {
    readonly workspaceId: WorkspaceId;
    readonly customerId: CustomerId;
    /** One of the customer's; whoever calls has found it there. */
    readonly to: string;
    /** Where the link leads; null to the list of jobs. */
    readonly jobId: JobId | null;
  }): Promise<void>;
}

/** Something a customer does. */
export type CustomerAct = {
  [N in keyof typeof customerMutationArgs]: {
    readonly workspaceId: WorkspaceId;
    readonly customerId: CustomerId;
    readonly mutationId: MutationId;
    readonly name: N;
    readonly args: MutationArgs<N>;
  };
}[keyof typeof customerMutationArgs];
