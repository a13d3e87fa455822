// The part of a job page where a customer fills in what the office asks for. (E5)

import { type Html, html } from '../html.ts';
import type { CustomerField, CustomerJob } from '../protocol/customer-job.ts';
import { type FrameSession, formToken, icon } from './layout.ts';
import { inputNow, inputWas, textOfValue, type TypedField } from './save-details.ts';

export interface DetailsBox {
  /** Fresh for every page: the same save sent twice with it counts once. [P1] */
  readonly sendToken: string | Html;
  readonly state:
    | { readonly kind: 'as-it-stands' }
    | { readonly kind: 'saved' }
    | {
        readonly kind: 'not-saved';
        readonly sentence: string;
        readonly typed: ReadonlyMap<string, TypedField>;
      };
}

/** Open where something is left to fill in or to look at; folded to one line otherwise. */
export function detailsPart(
  session: FrameSession,
  job: CustomerJob,
  { sendToken, state }: DetailsBox,
): Html | null {
  if (job.fields.length === 0) return null;
  const empty = job.fields.filter(({ value, type }) => value === null && type !== 'checkbox');
  const isOpen = empty.length > 0 || state.kind !== 'as-it-stands';
  return html`<details class="card details" id="details"${isOpen && html` open`}>
<summary><h2>Your details</h2><span class="summary-note">${summaryNote(empty.length)}</span></summary>
<form method="post" action="/portal/jobs/${job.jobId}/details#details">
${formToken(session)}<input type="hidden" name="sendToken" value="${sendToken}">
${state.kind === 'saved' && html`<p class="sent" role="status">${icon('check')}<span>Saved.</span></p>`}
${state.kind === 'not-saved' && html`<p class="problem" role="alert">${icon('warning')}<span>${state.sentence}</span></p>`}
${job.fields.map((field) => fieldPart(field, state.kind === 'not-saved' ? state.typed.get(field.fieldId) : undefined))}
<p class="actions"><button class="button" type="submit">Save</button></p>
</form>
</details>`;
}

function summaryNote(emptyCount: number): string {
  return emptyCount === 0 ? 'Filled in' : `${emptyCount} to fill in`;
}

function fieldPart(field: CustomerField, typed: TypedField | undefined): Html {
  const { fieldId, label, value, type } = field;
  const name = inputNow(fieldId);
  const text = typed?.text ?? textOfValue(value);
  const problem = typed?.problem;
  const state = problem !== undefined && html` aria-invalid="true" aria-describedby="why-${name}"`;
  const was = html`<input type="hidden" name="${inputWas(fieldId)}" value="${JSON.stringify(value)}">`;
  const why =
    problem !== undefined && html`<p class="field-problem" id="why-${name}">${problem}</p>`;
  if (type === 'checkbox')
    return html`<div class="field">${was}<label class="tick"><input type="checkbox" name="${name}" value="on"${text === 'on' && html` checked`}${state}><span dir="auto">${label}</span></label>${why}</div>`;
  return html`<div class="field">${was}<label for="${name}" dir="auto">${label}</label>${input(field, { name, text, state })}${why}</div>`;
}

interface Input {
  readonly name: string;
  readonly text: string;
  readonly state: Html | false;
}

function input({ type, choices }: CustomerField, { name, text, state }: Input): Html {
  switch (type) {
    case 'long_text':
      return html`<textarea id="${name}" name="${name}" rows="3" dir="auto"${state}>
${text}</textarea>`;
    case 'choice':
      return html`<select id="${name}" name="${name}"${state}><option value="">Choose …</option>${choices.map(
        (choice) =>
          html`<option value="${choice}"${choice === text && html` selected`}>${choice}</option>`,
      )}</select>`;
    case 'date':
      return html`<input type="date" id="${name}" name="${name}" value="${text}"${state}>`;
    case 'number':
      return html`<input type="text" inputmode="decimal" id="${name}" name="${name}" value="${text}" autocomplete="off"${state}>`;
    case 'text':
    case 'checkbox':
      return html`<input type="text" id="${name}" name="${name}" value="${text}" dir="auto" autocomplete="off"${state}>`;
  }
}
