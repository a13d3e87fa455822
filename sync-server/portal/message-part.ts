// The part of a job page where a customer writes back and sends files. (E3, E4)

import { type Html, html } from '../html.ts';
import { MEDIA_TYPES } from '../protocol/blobs.ts';
import type { CustomerJob } from '../protocol/customer-job.ts';
import { type FrameSession, formToken, icon } from './layout.ts';
import { fileValue } from './message-form.ts';
import type { WaitingFile } from './send-message.ts';
import { fileInWords } from '../protocol/customer-words.ts';

export interface MessageBox {
  /** Fresh for every page: the same text sent twice with it counts once. [P1] */
  readonly sendToken: string | Html;
  readonly state:
    | { readonly kind: 'empty' }
    | { readonly kind: 'sent' }
    /** What was written and which files came, and why it was not sent. */
    | {
        readonly kind: 'not-sent';
        readonly text: string;
        readonly files: readonly WaitingFile[];
        readonly sentences: readonly string[];
      };
}

export interface MessageView {
  readonly office: string;
  readonly job: CustomerJob;
  readonly message: MessageBox;
}

/** Phones and desktops offer what is named here; what a file is, its bytes decide on arrival. (D1) */
const ACCEPTED = [...Object.keys(MEDIA_TYPES), '.heic', '.heif', '.numbers'].join(',');

export function messagePart(session: FrameSession, { office, job, message }: MessageView): Html {
  const { state } = message;
  const sent =
    state.kind === 'sent' &&
    html`<p class="sent" role="status">${icon('check')}<span>Sent to <bdi>${office}</bdi>.</span></p>`;
  if (!job.canReply && !job.canUpload && state.kind !== 'not-sent')
    return html`${sent}<p class="hint closed">You cannot write here on this job. Please call <bdi>${office}</bdi>.</p>`;
  return html`${sent}
<form class="reply" id="reply" method="post" action="/portal/jobs/${job.jobId}/replies#reply"${
    job.canUpload && html` enctype="multipart/form-data" data-uploads="/portal/uploads"`
  } data-draft="${job.jobId}">
${formToken(session)}<input type="hidden" name="sendToken" value="${message.sendToken}">
${problems(message)}
${textBox(office, job, message)}
${filesPart(office, job, message)}
${(job.canReply || job.canUpload) && html`<p class="actions"><button class="button primary" type="submit">${icon('send')}Send</button></p>`}
</form>`;
}

function problems({ state }: MessageBox): Html | false {
  if (state.kind !== 'not-sent') return false;
  const [first, ...others] = state.sentences;
  return html`<div class="problem" id="problem" role="alert">${icon('warning')}<div>${
    others.length === 0
      ? html`<p>${first}</p>`
      : html`<ul>${state.sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`
  }<p class="not-yet">Nothing was sent yet.</p></div></div>`;
}

function textBox(office: string, job: CustomerJob, { state }: MessageBox): Html | false {
  const hasText = state.kind === 'not-sent' && state.text !== '';
  if (!job.canReply && !hasText) return false;
  const isAboutText = state.kind === 'not-sent' && state.files.length === 0;
  return html`<label for="text">Write to <bdi>${office}</bdi></label>
<textarea id="text" name="text" rows="4" dir="auto"${!job.canUpload && html` required`}${
    state.kind === 'not-sent' && AFTER_A_PROBLEM
  }${isAboutText && html` aria-invalid="true"`}>
${state.kind === 'not-sent' && state.text}</textarea>`;
}

const AFTER_A_PROBLEM = html` aria-describedby="problem" autofocus`;

/** Files that came already stand as boxes with a tick: unticked, they stay behind. */
function filesPart(office: string, job: CustomerJob, { state }: MessageBox): Html | false {
  const waiting = state.kind === 'not-sent' ? state.files : [];
  if (!job.canUpload && waiting.length === 0) return false;
  return html`<fieldset class="attach"><legend${job.canReply && html` class="sr"`}>${
    job.canReply ? 'Photos and files' : html`Send photos and files to <bdi>${office}</bdi>`
  }</legend>
<ul class="waiting" aria-live="polite">${waiting.map(waitingFile)}</ul>
${job.canUpload && pickers()}</fieldset>`;
}

function waitingFile(file: WaitingFile): Html {
  return html`<li><label class="tick"><input type="checkbox" name="file" value="${fileValue(file)}" checked><span><bdi>${file.name}</bdi><small>${fileInWords(file)}, ready to send</small></span></label></li>`;
}

/** The camera's own input is offered where there is a finger and so, most likely, a camera. */
function pickers(): Html {
  return html`<div class="pickers">
<label class="picker"><span class="picker-name">${icon('clip')}Add photos or files</span><input type="file" name="files" multiple accept="${ACCEPTED}"></label>
<label class="picker camera"><span class="picker-name">${icon('camera')}Take a photo</span><input type="file" name="files" accept="image/*" capture="environment"></label>
</div>
<p class="hint">Photos, PDF, Word, Excel, Numbers or text, up to 25 MB each.</p>`;
}
