// Names for what the contract's answers are made of; the contract is all the renderer knows. Types only.

import type { CannedQueries, CannedRequests } from '../electron/core/api/canned-contract.ts';
import type { CareRequests, PipelineDraft } from '../electron/core/api/care-contract.ts';
import type { FeedItem, JobPage, Overview } from '../electron/core/api/jobs-contract.ts';
import type { PostEntry } from '../electron/core/api/posting-contract.ts';

export type Job = JobPage['job'];
export type Customer = JobPage['customer'];
export type Pipeline = JobPage['pipeline'];
export type Stage = Pipeline['stages'][number];
export type Hue = Pipeline['hue'];
export type FormField = Pipeline['fields'][number];
export type Workspace = Overview['workspace'];
export type Member = Overview['me'];
export type Entry = FeedItem['entry'];
export type EntryKind = Entry['kind'];
export type EntryOf<K extends EntryKind> = Extract<Entry, { readonly kind: K }>;
export type Audience = PostEntry['audience'];
export type FieldValue = EntryOf<'form_save'>['changes'][number]['from'];
export type JobId = Job['id'];
export type MemberId = Member['id'];
export type CustomerId = Customer['id'];
export type StageId = Stage['id'];
export type EntryId = Entry['id'];
export type BlobId = PostEntry['files'][number]['blobId'];
export type AttachmentId = FeedItem['attachments'][number]['id'];
export type CustomerChange = CareRequests['customers.update']['args']['changes'][number];
export type PipelineChange = CareRequests['pipelines.update']['args']['changes'][number];
export type WorkspaceChange = CareRequests['workspace.update']['args']['changes'][number];
export type CannedReply = CannedQueries['canned-replies.find']['answer'][number];
export type CannedReplyId = CannedReply['id'];
export type CannedReplyChange = CannedRequests['canned-replies.update']['args']['changes'][number];
export type Sharing = CannedRequests['canned-replies.create']['args']['sharing'];
export type FieldId = FormField['id'];
export type { PipelineDraft };
