// The portal's pages around the job page: the list of jobs, coming in, and what to say where there is nothing to show.

import { type CustomerJob } from '../protocol/customer-job.ts';
import { type Html, html } from '../html.ts';
import { type Frame, page } from './layout.ts';
import { type Calendar, fullMoment, shortMoment } from './moment.ts';
import { summary } from '../protocol/customer-words.ts';

export interface JobListView {
  readonly office: string;
  readonly calendar: Calendar;
  /** In the order they are shown. */
  readonly jobs: readonly CustomerJob[];
}

export function jobListPage(frame: Frame, view: JobListView): string {
  return page(frame, { title: 'Your jobs', body: jobListOf(view) });
}

function jobListOf(view: JobListView): Html {
  const withNews = view.jobs.filter((job) => job.hasNews);
  const others = view.jobs.filter((job) => !job.hasNews);
  if (view.jobs.length === 0) return html`<h1>Your jobs</h1>${emptyList(view.office)}`;
  return html`<h1>Your jobs</h1>
${withNews.length > 0 && html`<h2 class="group">New for you</h2>${jobList(withNews, view)}`}
${withNews.length > 0 && others.length > 0 && html`<h2 class="group">All other jobs</h2>`}
${others.length > 0 && jobList(others, view)}`;
}

function emptyList(office: string): Html {
  return html`<div class="card empty"><p>There are no jobs to show at the moment.</p>
<p>When <bdi>${office}</bdi> opens one for you, you can follow it here.</p></div>`;
}

function jobList(jobs: readonly CustomerJob[], view: JobListView): Html {
  return html`<ul class="card jobs">${jobs.map((job) => jobRow(job, view))}</ul>`;
}

function jobRow(job: CustomerJob, { office, calendar }: JobListView): Html {
  const last = job.things.at(-1);
  const lastAt = job.things.findLast(({ at }) => at !== null)?.at ?? null;
  return html`<li class="job${job.hasNews && ' news'}">
<div class="job-head">${job.hasNews && html`<span class="unread"><span class="sr">New: </span></span>`}<a href="/portal/jobs/${job.jobId}${job.hasNews && '#new'}"><span dir="auto">${job.title}</span></a>${
    lastAt !== null &&
    html`<time datetime="${lastAt}" title="${fullMoment(lastAt, calendar)}">${shortMoment(lastAt, calendar)}</time>`
  }</div>
${last !== undefined && html`<p class="last" dir="auto">${summary(last, office)}</p>`}
<p class="state">${stageChip(job)}</p>
</li>`;
}

/** Stage and reference, as they stand on a list line and on top of the job page. */
export function stageChip({ stage, reference }: CustomerJob): Html {
  return html`<span class="stage"><span class="dot hue-${stage.hue}"></span><span class="sr">Status: </span><bdi>${stage.name}</bdi></span>${
    reference !== null &&
    html`<span class="reference"><span class="sr">Reference </span>${reference}</span>`
  }`;
}

export interface EnterView {
  readonly office: string;
  readonly customerName: string;
  /** Where the button posts to. */
  readonly action: string;
}

/** A page with a button: mail scanners open links, and only a person's press may use one up. (E1) */
export function enterPage(frame: Frame, view: EnterView): string {
  return page(frame, {
    title: 'Open your jobs',
    body: html`<div class="card letter"><h1>Hello <bdi>${view.customerName}</bdi></h1>
<p>Here you can follow your jobs at <bdi>${view.office}</bdi>: messages, files and how far the work is.</p>
<form method="post" action="${view.action}"><button class="button primary wide" type="submit">Open my jobs</button></form>
<p class="hint">You stay signed in on this device for 30 days. On a device you share, sign out when you are done.</p></div>`,
  });
}

/** One text for a link that is used up, expired, revoked or made up. [V2] */
export function linkGonePage(frame: Frame): string {
  return message(frame, {
    title: 'This link no longer works',
    text: 'A sign-in link works once and for a limited time.',
    more: html`<a class="button primary" href="/portal/sign-in">Get a new link</a>`,
  });
}

/** The form was sent after the sign-in had ended: what was written is given back. */
export function signedOutWithTextPage(frame: Frame, text: string): string {
  return message(frame, {
    title: 'Your message was not sent',
    text: 'You are signed out on this device. Copy your message, open a new sign-in link, and send it again.',
    more: keptText(text),
  });
}

/** The job went away while its customer wrote: what was written is given back. [V2] */
export function jobMissingWithTextPage(frame: Frame, text: string): string {
  return message(frame, {
    title: 'Your message was not sent',
    text: 'This job is not available any more. Copy your message if you still need it, or call the office.',
    more: keptText(text),
  });
}

function keptText(text: string): Html {
  return html`<label for="kept">Your message</label><textarea id="kept" rows="8" readonly dir="auto">
${text}</textarea>`;
}

/** One text for a job or file that is not there and one that is not for this customer. [V2] */
export function notFoundPage(frame: Frame): string {
  return message(frame, {
    title: 'There is nothing here',
    text: 'The page may have been closed, or the address is not complete.',
    more: frame.session !== null && html`<a class="button" href="/portal">See all your jobs</a>`,
  });
}

/** Until a desktop of the office has made the copy without the place it was taken. (D6) */
export function notReadyPage(frame: Frame): string {
  return message(frame, {
    title: 'This photo is being prepared',
    text: 'A copy that does not tell where it was taken is made first. Try again in a few minutes, or ask the office.',
    more: html`<a class="button" href="/portal">See all your jobs</a>`,
  });
}

/** A form that did not come from one of our pages. */
export function foreignFormPage(frame: Frame): string {
  return message(frame, {
    title: 'Nothing was changed',
    text: 'The form was sent from another website. Open your jobs here and try again.',
    more: frame.session !== null && html`<a class="button" href="/portal">See all your jobs</a>`,
  });
}

export function failurePage(frame: Frame, sentence: string): string {
  return message(frame, {
    title: 'That did not work',
    text: sentence,
    more: frame.session !== null && html`<a class="button" href="/portal">See all your jobs</a>`,
  });
}

export interface Message {
  readonly title: string;
  readonly text: string;
  readonly more?: Html | false;
}

export function message(frame: Frame, { title, text, more }: Message): string {
  return page(frame, {
    title,
    body: html`<div class="card letter"><h1>${title}</h1><p>${text}</p>${more}</div>`,
  });
}
