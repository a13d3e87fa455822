// The part of the contract that is about what an office takes care of: customers, pipelines, its own look, and each
// member's bell. (A5, A6, E8, F3)

import type {
  CustomerId,
  JobId,
  PipelineId,
  PortalLinkId,
  StageId,
} from '../../../sync-server/protocol/ids.ts';
import type { CustomerEffects } from '../../../sync-server/protocol/customer-effects.ts';
import type {
  CustomerChange,
  PipelineChange,
  WorkspaceChange,
} from '../../../sync-server/protocol/mutations.ts';
import type {
  Customer,
  Follow,
  MemberSettings,
  Pipeline,
  PortalLink,
} from '../../../sync-server/protocol/records.ts';
import type { Hue } from '../../../sync-server/protocol/values.ts';
import type { None } from './none-contract.ts';
export type FollowState = Follow['state'];
export type BellScope = MemberSettings['bellScope'];

export interface CareRequests {
  'customers.create': {
    args: { name: string; email: string; phone: string };
    answer: { customerId: CustomerId };
  };
  /**
   * Makes a link to copy. The answer is the only place its address ever stands; it opens nothing before the link has reached
   * the server. (A6, E1)
   */
  'customers.make-link': { args: { customerId: CustomerId }; answer: MadeLink };
  /** Mails a link to one of the customer's addresses, as soon as the server has heard of it. (A6, E1) */
  'customers.mail-link': { args: { customerId: CustomerId; to: string }; answer: None };
  'customers.revoke-links': {
    args: {
      customerId: CustomerId;
      /** `all`: those too that this device does not know of. */
      of: 'all' | readonly PortalLinkId[];
      /** Signs the customer out where they are signed in. */
      endSessions: boolean;
    };
    answer: None;
  };
  /** Each field as the person saw it and as they want it: what two people change merges. (H5) */
  'customers.update': {
    args: { customerId: CustomerId; changes: readonly CustomerChange[] };
    answer: None;
  };

  /** Deletes a customer and all that is kept of them, for good; without `withJobs` only one who has no job. [O2] */
  'customers.delete': {
    args: { customerId: CustomerId; fromName: string; withJobs: boolean };
    answer: None;
  };

  'pipelines.create': { args: PipelineDraft; answer: { pipelineId: PipelineId } };
  'pipelines.update': {
    args: {
      pipelineId: PipelineId;
      changes: readonly PipelineChange[];
      /** Where the jobs of removed stages go. */
      moves: readonly StageMove[];
    };
    answer: None;
  };
  'pipelines.order': { args: { pipelineIds: readonly PipelineId[] }; answer: None };
  'pipelines.remove': { args: { pipelineId: PipelineId }; answer: None };

  /** How the office looks to its customers. */
  'workspace.update': { args: { changes: readonly WorkspaceChange[] }; answer: None };

  'jobs.follow': { args: { jobId: JobId; state: FollowState }; answer: None };
  'bell.set-scope': { args: { bellScope: BellScope }; answer: None };
}

export interface CareQueries {
  'customers.list': {
    args: { search: string; offset: number; limit: number };
    answer: { readonly total: number; readonly rows: readonly CustomerRow[] };
  };
  'customers.one': { args: { customerId: CustomerId }; answer: CustomerPage | null };
  /** What goes with a customer who is deleted. */
  'customers.belongings': { args: { customerId: CustomerId }; answer: BelongingCounts };
  /** What a draft of a pipeline would mean for customers, before it is saved. */
  'pipelines.effects': { args: DraftOfPipeline; answer: PipelineEffects | null };
  /** The job as its customer sees it in the portal, with what waits on this device. (E8) */
  'jobs.as-customer': { args: { jobId: JobId }; answer: CustomerView | null };
}

export interface MadeLink {
  readonly linkId: PortalLinkId;
  readonly url: string;
  readonly expiresAt: string;
}

export type PipelineDraft = Pick<
  Pipeline,
  'name' | 'hue' | 'stages' | 'fields' | 'customerCanReply' | 'customerCanUpload'
>;

export interface StageMove {
  readonly fromStageId: StageId;
  readonly toStageId: StageId;
}

export interface DraftOfPipeline
  extends Pick<Pipeline, 'stages' | 'fields' | 'customerCanReply' | 'customerCanUpload'> {
  readonly pipelineId: PipelineId;
  readonly moves: readonly StageMove[];
}

export interface PipelineEffects {
  readonly effects: CustomerEffects;
  /** How many jobs stand in each stage now. */
  readonly jobsByStage: Readonly<Record<string, number>>;
}

export interface BelongingCounts {
  readonly jobs: number;
  readonly messages: number;
  readonly files: number;
  /** What was done here for them and is not with the server. */
  readonly waiting: number;
}

export interface CustomerRow {
  readonly customer: Customer;
  readonly jobCount: number;
  readonly unread: boolean;
  readonly waiting: boolean;
}

export interface CustomerPage {
  readonly customer: Customer;
  readonly jobCount: number;
  /** Newest first. */
  readonly links: readonly LinkRow[];
  /** Something about the customer is on this device alone. */
  readonly waiting: boolean;
  /** Other customers with one of the same emails. */
  readonly sharedEmails: readonly {
    readonly email: string;
    readonly customerId: CustomerId;
    readonly name: string;
  }[];
}

export interface LinkRow {
  readonly link: PortalLink;
  /** Null where the customer asked for it. */
  readonly madeBy: string | null;
  /** `waiting`: it opens nothing before this device has reached the server. */
  readonly state: 'waiting' | 'open' | 'used' | 'revoked' | 'expired';
}

/** What a customer sees of a job, in the portal's own words. */
export interface CustomerView {
  readonly officeName: string;
  readonly customerName: string;
  /** When the customer last opened the job in the portal; null where they never did. */
  readonly seenAt: string | null;
  /** Null where the job is not in the portal at all, because its stage is internal. */
  readonly page: CustomerViewPage | null;
  readonly stageName: string;
}

export interface CustomerViewPage {
  readonly title: string;
  readonly reference: string | null;
  readonly stage: { readonly name: string; readonly hue: Hue };
  /** Oldest first. */
  readonly things: readonly ViewThing[];
  readonly canReply: boolean;
  readonly canUpload: boolean;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
}

export interface ViewThing {
  readonly key: string;
  /** "Mara at Harbour Repairs", "You". */
  readonly who: string;
  readonly isOwn: boolean;
  readonly at: string | null;
  readonly isNews: boolean;
  /** On this device, not in the portal yet. */
  readonly isWaiting: boolean;
  readonly what:
    | {
        readonly kind: 'message';
        readonly text: string;
        /** When it was edited after they may have read another text; null otherwise. (C10) */
        readonly editedAt: string | null;
        readonly files: readonly ViewFile[];
      }
    | { readonly kind: 'files'; readonly files: readonly ViewFile[] }
    | { readonly kind: 'stage'; readonly words: string; readonly hue: Hue }
    | {
        readonly kind: 'answers';
        readonly answers: readonly { readonly label: string; readonly value: string }[];
      };
}

export interface ViewFile {
  readonly attachmentId: string;
  readonly name: string;
  /** "PDF, 310 kB" */
  readonly about: string;
}
