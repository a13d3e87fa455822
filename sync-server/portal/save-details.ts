// What a customer fills in, from the form to the office, field by field. (E5)

import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AppError } from '../errors.ts';
import { entryId, type FieldId } from '../protocol/ids.ts';
import type { WishedFormChange } from '../protocol/mutations.ts';
import type { PushOutcome } from '../protocol/outcome.ts';
import { type FieldValue, fieldValue, MAX_TEXT_LENGTH } from '../protocol/values.ts';
import type { CustomerField, CustomerJob } from '../protocol/customer-job.ts';
import { jobForCustomer } from './customer-reads.ts';
import { asWritten } from './message-form.ts';
import type { Portal } from './answers.ts';
import { countToday } from './day-volume.ts';
import { unlessFull } from './no-room.ts';
import { mutationIdFor, SEND_TOKEN } from './send-message.ts';
import { carriesFormToken, type Visitor } from './visitor.ts';
import { answerInWords } from '../protocol/customer-words.ts';

/** Names of the inputs: what is in the field now, and what was in it when the page was made. */
export const inputNow = (id: FieldId): string => `now-${id}`;
export const inputWas = (id: FieldId): string => `was-${id}`;

export interface DetailsForm {
  readonly formToken: string;
  /** Of the page it was filled in on. */
  readonly sendToken: string;
  readonly values: Readonly<Record<string, string>>;
}

const form = z
  .object({ formToken: z.string().max(200), sendToken: z.string().max(200).default('') })
  .catchall(z.string().transform(asWritten));

/** @throws AppError `not-valid` for a form that is not ours */
export function readDetailsForm(request: FastifyRequest): DetailsForm {
  const parsed = form.safeParse(request.body);
  if (!parsed.success) throw new AppError('not-valid', { cause: parsed.error });
  const { formToken, sendToken, ...values } = parsed.data;
  return { formToken, sendToken, values };
}

export type DetailsOutcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'job-missing' }
  | {
      readonly kind: 'not-saved';
      readonly statusCode: 403 | 409 | 422 | 429 | 507;
      readonly job: CustomerJob;
      readonly sentence: string;
      /** By field: what the customer typed, and what is wrong with it. */
      readonly typed: ReadonlyMap<FieldId, TypedField>;
    };

export interface TypedField {
  readonly text: string;
  readonly problem: string | undefined;
}

export async function saveDetails(
  deps: Portal,
  visitor: Visitor,
  jobId: string,
  { formToken, sendToken, values }: DetailsForm,
): Promise<DetailsOutcome> {
  const job = await jobForCustomer(deps.storage, visitor, jobId);
  if (job === undefined) return { kind: 'job-missing' };
  const read = job.fields.map((field) => readField(field, values));
  const notSaved = (
    statusCode: 403 | 409 | 422 | 429 | 507,
    sentence: string,
    problems: ReadonlyMap<string, string> = new Map(),
  ): DetailsOutcome => ({
    kind: 'not-saved',
    statusCode,
    job,
    sentence,
    typed: new Map(
      read.map(({ field, text, problem }) => [
        field.fieldId,
        { text, problem: problems.get(field.fieldId) ?? problem },
      ]),
    ),
  });
  if (!carriesFormToken(visitor, formToken) || !SEND_TOKEN.test(sendToken))
    return notSaved(403, 'This page was too old, so nothing was saved. Press Save again.');
  if (read.some(({ problem }) => problem !== undefined))
    return notSaved(422, 'Nothing was saved yet. Look at the marked fields.');
  const changes = read.flatMap(({ change }) => (change === undefined ? [] : [change]));
  if (changes.length === 0) return { kind: 'saved' };
  // The same change from the same page is the same save, however often Save is pressed. [P1]
  const id = mutationIdFor([
    'details',
    visitor.customerId,
    job.jobId,
    sendToken,
    JSON.stringify(changes),
  ]);
  const { workspaceId, customerId } = visitor;
  const act = {
    workspaceId,
    customerId,
    mutationId: id,
    name: 'customer_save_form',
    args: { jobId: job.jobId, entryId: entryId.parse(randomUUID()), changes },
  } as const;
  const { office } = visitor.brand;
  return unlessFull(
    async () =>
      (await countToday(deps, visitor, { saves: 1 }, id))
        ? resultOf(await deps.act(act), job, notSaved)
        : notSaved(
            429,
            `You have saved as often as fits in one day. Save again tomorrow, or call ${office}.`,
          ),
    () =>
      notSaved(
        507,
        `The server has no room just now, so nothing was saved. Press Save again later, or call ${office}.`,
      ),
  );
}

function resultOf(
  outcome: PushOutcome,
  { fields }: CustomerJob,
  notSaved: (
    statusCode: 409 | 422,
    sentence: string,
    problems?: ReadonlyMap<string, string>,
  ) => DetailsOutcome,
): DetailsOutcome {
  switch (outcome.kind) {
    case 'applied':
      return { kind: 'saved' };
    case 'refused':
      return outcome.refusal.code === 'job-missing'
        ? { kind: 'job-missing' }
        : notSaved(422, outcome.refusal.sentence);
    case 'conflicted': {
      const problems = new Map(
        fields.map((field) => [
          field.fieldId,
          `The office wrote “${answerInWords(field.value)}” here meanwhile. Save again to put yours in its place.`,
        ]),
      );
      const clashing = outcome.conflict.kind === 'form' ? outcome.conflict.fields : [];
      return notSaved(
        409,
        'Nothing was saved yet: the office changed something meanwhile. Look at the marked fields.',
        new Map([...problems].filter(([id]) => clashing.some(({ fieldId }) => fieldId === id))),
      );
    }
    case 'held':
      return notSaved(422, 'Something changed on this job meanwhile. Press Save again.');
  }
}

interface ReadField {
  readonly field: CustomerField;
  readonly text: string;
  readonly problem: string | undefined;
  readonly change: WishedFormChange | undefined;
}

/** A field the form does not have, because the page is older than it, stays as it is. */
function readField(field: CustomerField, values: Readonly<Record<string, string>>): ReadField {
  const { fieldId } = field;
  const was = wasIn(values[inputWas(fieldId)]);
  if (was === undefined)
    return { field, text: textOfValue(field.value), problem: undefined, change: undefined };
  const text = values[inputNow(fieldId)] ?? '';
  const now = valueOf(field, text);
  if (typeof now === 'object' && now !== null)
    return { field, text, problem: now.problem, change: undefined };
  const change = now === was ? undefined : { fieldId, from: was, to: now };
  return { field, text, problem: undefined, change };
}

function wasIn(json: string | undefined): FieldValue | undefined {
  if (json === undefined) return undefined;
  try {
    return fieldValue.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** What an input says, as the field's value; an empty one is null, and a box that is not ticked says nothing at all. */
function valueOf(
  { type, choices, value }: CustomerField,
  text: string,
): FieldValue | { readonly problem: string } {
  if (type === 'checkbox') return text === 'on' ? true : value === null ? null : false;
  const trimmed = text.trim();
  if (trimmed === '') return null;
  switch (type) {
    case 'text':
    case 'long_text':
      return text.length <= MAX_TEXT_LENGTH ? text : { problem: 'This is too long. Shorten it.' };
    case 'number':
      return numberIn(trimmed) ?? { problem: 'Write a number here, like 12 or 12.5.' };
    case 'date':
      return isDate(trimmed) ? trimmed : { problem: 'Write a date here, like 2026-11-30.' };
    case 'choice':
      return choices.includes(text) ? text : { problem: 'Choose one of the list.' };
  }
}

function numberIn(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0’']/g, '').replace(/,(\d+)$/, '.$1');
  return /^[+-]?\d{1,15}(\.\d{1,10})?$/.test(plain) ? Number(plain) : undefined;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** As it stands in an input. */
export function textOfValue(value: FieldValue): string {
  if (value === null || value === false) return '';
  return value === true ? 'on' : String(value);
}
