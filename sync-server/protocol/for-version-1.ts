// What a device of version 1 is told. Its schemas refuse every key and kind they do not know, so here stands all that it
// knows: what is not listed does not leave, whatever is added to the records later. [H9]

import * as z from 'zod';
import type { AnyRecord } from './records.ts';
import type { Change, PullAnswer, PushAnswer, SignInAnswer } from './sync.ts';

const id = z.string();
const words = (max: number) => z.string().max(max);
const name = words(200);
const mails = z.array(words(254)).max(10);
const fieldValue = z.union([words(20_000), z.number(), z.boolean(), z.null()]);
const hue = z
  .enum(['blue', 'amber', 'green', 'violet', 'rose', 'teal', 'slate', 'orange'])
  .catch('slate');
const author = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('member'), memberId: id }),
  z.object({ kind: z.literal('customer'), customerId: id }),
]);

const workspace = z.object({ id, name });
/** A role it has never heard of may do as little as any. */
const member = z.object({
  id,
  name,
  email: words(254),
  role: z.enum(['member', 'admin']).catch('member'),
});
const stage = z.object({ id, name, hue, visibleToCustomer: z.boolean() });
const formField = z.object({
  id,
  label: name,
  type: z.enum(['text', 'long_text', 'number', 'date', 'choice', 'checkbox']),
  choices: z.array(name).max(100),
  customerCanEdit: z.boolean(),
});

/** Version 1 knows no word for taking back: what the customer no longer reads is internal to it. */
const audience = z.enum(['internal', 'visible']);
const takenBack = { withdrawn: z.unknown().optional(), redacted: z.unknown().optional() };
function withoutUndoing<T extends z.infer<z.ZodObject<typeof takenBack>>>({
  withdrawn,
  redacted,
  ...rest
}: T) {
  const isGone = withdrawn !== undefined || redacted !== undefined;
  return isGone ? { ...rest, audience: 'internal' as const } : rest;
}

const entryHead = {
  id,
  jobId: id,
  audience,
  author,
  writtenAt: z.string(),
  arrivedAt: z.string().nullable(),
  ...takenBack,
};
const entry = z
  .discriminatedUnion('kind', [
    z.object({
      ...entryHead,
      kind: z.literal('reply'),
      text: words(20_000),
      attachmentIds: z.array(id).max(50),
    }),
    z.object({ ...entryHead, kind: z.literal('file'), attachmentIds: z.array(id).min(1).max(50) }),
    z.object({
      ...entryHead,
      kind: z.literal('status_change'),
      fromStageId: id.nullable(),
      fromName: name.nullable(),
      toStageId: id,
      toName: name,
    }),
    z.object({
      ...entryHead,
      kind: z.literal('form_save'),
      changes: z
        .array(z.object({ fieldId: id, label: name, from: fieldValue, to: fieldValue }))
        .min(1)
        .max(100),
    }),
    z.object({
      ...entryHead,
      kind: z.literal('assignment'),
      fromMemberId: id.nullable(),
      toMemberId: id.nullable(),
    }),
  ])
  .transform(withoutUndoing);

const records: Readonly<Record<string, z.ZodType>> = {
  workspace,
  member,
  pipeline: z.object({
    id,
    name,
    hue,
    position: z.int(),
    stages: z.array(stage).min(1).max(50),
    fields: z.array(z.unknown()).transform((fields) => known(formField, fields).slice(0, 100)),
    customerCanReply: z.boolean(),
    customerCanUpload: z.boolean(),
  }),
  customer: z.object({
    id,
    name,
    emails: mails,
    phone: words(60),
    notes: words(20_000),
    notifyOnReplies: z.boolean(),
  }),
  job: z.object({
    id,
    reference: words(20).nullable(),
    title: name,
    customerId: id,
    pipelineId: id,
    stageId: id,
    assigneeId: id.nullable(),
    form: z.record(id, fieldValue),
    createdAt: z.string(),
    lastActivityAt: z.string(),
  }),
  entry,
  attachment: z
    .object({
      id,
      jobId: id,
      entryId: id,
      blobId: id,
      name,
      mediaType: words(120),
      sizeBytes: z.int().min(1),
      audience,
      author,
      ...takenBack,
    })
    .transform(withoutUndoing),
  read_mark: z.object({ id, memberId: id, jobId: id, readThroughVersion: z.int().min(0) }),
  portal_visit: z.object({
    id,
    customerId: id,
    jobId: id,
    seenVersion: z.int().min(0),
    seenAt: z.string(),
  }),
};

const refusalCode = z.enum([
  'not-understood',
  'not-allowed',
  'job-missing',
  'customer-missing',
  'pipeline-missing',
  'stage-missing',
  'member-missing',
  'field-missing',
  'blob-missing',
  'value-not-valid',
  'nothing-to-post',
  'already-exists',
]);

/** Without a digest: the device counts what it holds, and what it is not told it does not hold. [L5] */
export function pullAnswerForVersion1(answer: PullAnswer): PullAnswer {
  if (answer.kind === 'reset') return answer;
  return { ...answer, changes: answer.changes.flatMap(changeForVersion1), digest: null };
}

export function pushAnswerForVersion1(answer: PushAnswer): PushAnswer {
  if (answer.kind === 'reset') return answer;
  const results = answer.results.map(({ id: mutationId, outcome }) => {
    if (outcome.kind !== 'refused') return { id: mutationId, outcome };
    const { code, sentence } = outcome.refusal;
    const refusal = { code: refusalCode.catch('not-allowed').parse(code), sentence };
    return { id: mutationId, outcome: { kind: 'refused' as const, refusal } };
  });
  return { kind: 'results', results };
}

export function signInAnswerForVersion1(answer: SignInAnswer): SignInAnswer {
  return {
    token: answer.token,
    workspace: workspace.parse(answer.workspace) as SignInAnswer['workspace'],
    member: member.parse(answer.member) as SignInAnswer['member'],
  };
}

/** A record that cannot be said in version 1 is not said; the fresh copy after the update brings it. [L3] */
function changeForVersion1(change: Change): Change[] {
  const schema = Object.hasOwn(records, change.kind) ? records[change.kind] : undefined;
  if (schema === undefined) return [];
  if (change.op === 'delete') return [change];
  const said = schema.safeParse(change.record);
  return said.success ? [{ ...change, record: said.data as AnyRecord }] : [];
}

function known<T extends z.ZodType>(schema: T, values: readonly unknown[]): z.infer<T>[] {
  return values.flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}
