// What happened on a job, oldest to newest. (E3)

import { type Html, html } from '../html.ts';
import { shownFileName } from '../protocol/shown-name.ts';
import type { CustomerFile, CustomerJob, Thing, What } from '../protocol/customer-job.ts';
import type { Story } from './job-page.ts';
import { icon } from './layout.ts';
import { type Calendar, dayName, dayOf, fullMoment, timeOfDay } from './moment.ts';
import {
  answerInWords,
  fileBadge,
  fileInWords,
  sizeInWords,
  whoWords,
} from '../protocol/customer-words.ts';

export interface ThreadView {
  readonly office: string;
  readonly calendar: Calendar;
  readonly job: CustomerJob;
}

export const THINGS_ON_A_PAGE = 100;

/** @param pagesBack 0 shows the newest things, 1 the hundred before them, and so on */
export function storyOf(view: ThreadView, pagesBack: number): Story {
  const { things } = view.job;
  const end = things.length - pagesBack * THINGS_ON_A_PAGE;
  const start = Math.max(0, end - THINGS_ON_A_PAGE);
  const shown = things.slice(start, Math.max(0, end));
  return {
    pagesBack,
    hasEarlier: start > 0,
    thread: thread(shown, view, start).toString(),
  };
}

/** @param start the place of the first of `things` among all of the job */
function thread(things: readonly Thing[], view: ThreadView, start: number): Html {
  if (things.length === 0)
    return html`<div class="card empty"><p>Messages and files from <bdi>${view.office}</bdi> will be here.</p></div>`;
  const firstNews = view.job.things.findIndex(({ isNews }) => isNews);
  const isFirstVisit = view.job.things.every(({ isNews, who }) => isNews || who.kind === 'you');
  const rows = things.map((thing, index) => {
    const place = start + index;
    return html`${dayLine(things.slice(0, index), thing, view)}${
      place === firstNews &&
      !isFirstVisit &&
      html`<li class="new-line" id="new"><span>New since your last visit</span></li>`
    }${thingRow(thing, view, place === view.job.things.length - 1)}`;
  });
  return html`<ol class="card thread">${rows}</ol>`;
}

/** Stands above the first thing of each day; a thing without a time stays with what came before it. */
function dayLine(before: readonly Thing[], thing: Thing, { calendar }: ThreadView): Html | null {
  if (thing.at === null) return null;
  const day = dayOf(thing.at, calendar);
  const lastAt = before.findLast(({ at }) => at !== null)?.at ?? null;
  if (lastAt !== null && dayOf(lastAt, calendar) === day) return null;
  return html`<li class="day"><h2><time datetime="${day}">${dayName(thing.at, calendar)}</time></h2></li>`;
}

function thingRow(thing: Thing, view: ThreadView, isLatest: boolean): Html {
  const latest = isLatest && html` id="latest" tabindex="-1"`;
  if (thing.what.kind === 'stage')
    return html`<li class="thing step"${latest}><span class="step-text"><span class="dot hue-${thing.what.hue}"></span><span>${
      thing.what.isFirst ? 'Job opened: ' : 'Now: '
    }<bdi>${thing.what.name}</bdi></span></span>${timeOf(thing, view)}</li>`;
  return html`<li class="thing ${thing.who.kind === 'you' && 'own'}"${latest}>
<p class="who"><b><bdi>${whoWords(thing.who, view.office)}</bdi></b>${timeOf(thing, view)}</p>
${content(thing.what)}
${editOf(thing, view)}
</li>`;
}

function timeOf({ at }: Thing, { calendar }: ThreadView): Html | null {
  if (at === null) return null;
  return html`<time datetime="${at}" title="${fullMoment(at, calendar)}">${timeOfDay(at, calendar)}</time>`;
}

/** Stands below the text; the day only where it is another one than the text stands under. (C10, E7) */
function editOf({ what, at }: Thing, { calendar }: ThreadView): Html | null {
  if (what.kind !== 'message' || what.editedAt === null) return null;
  const { editedAt } = what;
  const isSameDay = at !== null && dayOf(at, calendar) === dayOf(editedAt, calendar);
  const day = isSameDay ? '' : `${inSentence(dayName(editedAt, calendar))}, `;
  return html`<p class="edited">Edited <time datetime="${editedAt}" title="${fullMoment(editedAt, calendar)}">${day}${timeOfDay(editedAt, calendar)}</time></p>`;
}

function inSentence(day: string): string {
  return day === 'Today' || day === 'Yesterday' ? day.toLowerCase() : day;
}

function content(what: Exclude<What, { kind: 'stage' }>): Html {
  switch (what.kind) {
    case 'message':
      return html`<div class="text" dir="auto">${withLinks(what.text)}</div>${fileList(what.files)}`;
    case 'files':
      return fileList(what.files) ?? html``;
    case 'answers':
      return html`<dl class="answers">${what.answers.map(
        ({ label, value }) =>
          html`<div><dt dir="auto">${label}</dt><dd dir="auto">${answerInWords(value)}</dd></div>`,
      )}</dl>`;
  }
}

/** Web addresses become links; everything else of the text stays as it was written. */
function withLinks(text: string): readonly (Html | string)[] {
  return text.split(WEB_ADDRESS).map((part, index) => (index % 2 === 1 ? webLink(part) : part));
}

/** In a group, so that splitting keeps it; the full stop that ends a sentence is not part of an address. */
const WEB_ADDRESS = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?()])/;

function webLink(address: string): Html | string {
  if (!URL.canParse(address)) return address;
  return html`<a href="${address}" target="_blank" rel="noopener noreferrer nofollow">${address}</a>`;
}

function fileList(files: readonly CustomerFile[]): Html | null {
  if (files.length === 0) return null;
  return html`<ul class="files">${files.map(fileRow)}</ul>`;
}

function fileRow(file: CustomerFile): Html {
  const path = `/portal/files/${file.attachmentId}`;
  const name = shownFileName(file.name);
  return html`<li class="file${file.hasJpeg && ' two-ways'}">
${
  file.isPictured
    ? html`<a class="thumb" href="${path}?as=picture" aria-label="Look at ${name}"><img src="${path}?as=thumbnail" alt="" loading="lazy" decoding="async" width="56" height="56"></a>`
    : html`<span class="thumb badge" aria-hidden="true">${fileBadge(file)}</span>`
}
<span class="file-name"><bdi>${name}</bdi><small>${fileInWords(file)}</small></span>
${file.hasJpeg && html`<a class="button" href="${path}?as=jpeg" download aria-label="Download ${name} as JPEG">${icon('download')}JPEG</a>`}
<a class="button" href="${path}" download aria-label="Download ${name}, ${sizeInWords(file.sizeBytes)}">${icon('download')}${file.hasJpeg ? 'Original' : 'Download'}</a>
</li>`;
}
