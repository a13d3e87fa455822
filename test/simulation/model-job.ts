// The oracle's jobs and what stands on them.

export interface ModelEntry {
  readonly id: string;
  readonly jobId: string;
  readonly kind:
    | 'reply'
    | 'file'
    | 'file_change'
    | 'status_change'
    | 'form_save'
    | 'assignment'
    | 'unapplied'
    | 'job_change';
  readonly audience: 'internal' | 'visible';
  /** A member's or a customer's id. */
  readonly authorId: string;
  readonly text: string;
  /** What it said before its author edited it, oldest first. (C10) */
  readonly earlier: readonly string[];
  /** The file a `file_change` is about. */
  readonly fileId: string;
  readonly undone: 'withdrawn' | 'redacted' | null;
  readonly fromStageId: string | null;
  readonly toStageId: string;
  readonly version: number;
}

export interface ModelJob {
  readonly id: string;
  title: string;
  customerId: string;
  pipelineId: string;
  stageId: string;
  assigneeId: string | null;
  readonly form: Map<string, unknown>;
}
