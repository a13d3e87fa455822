// The page of one job: how it stands, what to fill in, what happened, and a box to write back.

import { html } from '../html.ts';
import type { CustomerJob } from '../protocol/customer-job.ts';
import { KEPT } from './kept-mark.ts';
import { type DetailsBox, detailsPart } from './details-part.ts';
import { type Frame, type FrameSession, icon, page } from './layout.ts';
import { type MessageBox, messagePart } from './message-part.ts';
import { stageChip } from './pages.ts';

/** A hundred things of a job, as they stand on the page. */
export interface Story {
  /** 0 shows the newest things, 1 the hundred before them, and so on. */
  readonly pagesBack: number;
  readonly hasEarlier: boolean;
  /** HTML. */
  readonly thread: string;
}

export interface JobView {
  readonly office: string;
  readonly job: CustomerJob;
  readonly story: Story;
  readonly message: MessageBox;
  readonly details: DetailsBox;
}

export function jobPage(frame: Frame, session: FrameSession, view: JobView): string {
  const { job, story } = view;
  const { pagesBack } = story;
  const body = html`<p class="back"><a href="/portal">${icon('back')}All jobs</a></p>
<h1 dir="auto">${job.title}</h1>
<p class="state">${stageChip(job)}</p>
${pagesBack === 0 && detailsPart(session, job, view.details)}
${story.hasEarlier && html`<p class="more"><a class="button" href="/portal/jobs/${job.jobId}?back=${pagesBack + 1}">Show earlier</a></p>`}
${KEPT}
${
  pagesBack > 0
    ? html`<p class="more"><a class="button" href="/portal/jobs/${job.jobId}${pagesBack > 1 && `?back=${pagesBack - 1}`}">Show later</a></p>`
    : messagePart(session, view)
}`;
  return page(frame, { title: titleOf(view), body });
}

/** A screen reader says the title first, so it tells what became of what was sent. */
function titleOf({ job, message, details }: JobView): string {
  if (message.state.kind === 'sent') return `Sent · ${job.title}`;
  if (message.state.kind === 'not-sent') return `Not sent · ${job.title}`;
  if (details.state.kind === 'saved') return `Saved · ${job.title}`;
  if (details.state.kind === 'not-saved') return `Not saved · ${job.title}`;
  return job.title;
}
