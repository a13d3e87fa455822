// The words of the mail that tells a customer what is new on a job. (F2)

import { type Html, html } from '../html.ts';
import type { Workspace } from '../protocol/records.ts';
import type { MailTells, News } from './decide-mail.ts';
import { mailPage, metaStyle, quoted } from './mail-layout.ts';
import { headerText } from './outgoing-mail.ts';

/** A mail is a notice, not the archive: the whole is in the portal. */
const LONGEST_TEXT = 4000;
const MOST_NEWS = 20;

export interface MailWords {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface NewsMailView {
  readonly office: Pick<Workspace, 'name' | 'hue'>;
  readonly tells: MailTells;
  readonly openUrl: string;
  readonly unsubscribeUrl: string;
}

export function newsMail(view: NewsMailView): MailWords {
  const subject = headerText(subjectOf(view.tells));
  return { subject, text: textOf(view), html: htmlOf(view, subject) };
}

function subjectOf({ news, jobTitle, reference }: MailTells): string {
  const about = reference === null ? jobTitle : `${jobTitle} (${reference})`;
  return `${capital(whatIsNew(news))}: ${about}`;
}

/** "new message", "2 new messages", "new file", "new message and 3 files" */
function whatIsNew(news: readonly News[]): string {
  const messages = news.filter(({ text }) => text !== null).length;
  const files = news.reduce((sum, each) => sum + each.files.length, 0);
  const message = messages === 1 ? 'new message' : `${messages} new messages`;
  const file = files === 1 ? 'file' : 'files';
  if (messages === 0) return files === 1 ? 'new file' : `${files} new files`;
  if (files === 0) return message;
  return `${message} and ${files === 1 ? `a ${file}` : `${files} ${file}`}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function whoDid({ who, text, files }: News, office: string): string {
  const name = who === null ? office : `${who} at ${office}`;
  if (text !== null) return `${name} wrote:`;
  return files.length === 1 ? `${name} sent a file:` : `${name} sent ${files.length} files:`;
}

/** The newest where there are too many, and how many stand before them. */
function shown(news: readonly News[]): { readonly latest: readonly News[]; readonly more: number } {
  return { latest: news.slice(-MOST_NEWS), more: Math.max(0, news.length - MOST_NEWS) };
}

function shortened(text: string): string {
  const letters = Array.from(text.trim());
  if (letters.length <= LONGEST_TEXT) return text.trim();
  return `${letters.slice(0, LONGEST_TEXT).join('').trimEnd()} … (the rest is in the portal)`;
}

const earlierWords = (more: number) =>
  more === 1 ? 'One earlier message is in the portal.' : `${more} earlier ones are in the portal.`;

const LINK_HINT =
  'Where you are signed in, the link opens the job; elsewhere it offers to mail you a sign-in link.';
const NO_ANSWERS = 'Please answer on the page behind the link: nobody reads mails to this address.';

function textOf({ office, tells, openUrl, unsubscribeUrl }: NewsMailView): string {
  const { latest, more } = shown(tells.news);
  const blocks = latest.map((news) =>
    [
      whoDid(news, office.name),
      ...(news.text === null ? [] : ['', indented(shortened(news.text))]),
      ...(news.files.length === 0
        ? []
        : ['', ...news.files.map((name) => indented(news.text === null ? name : `File: ${name}`))]),
    ].join('\n'),
  );
  return [
    `Hello ${headerText(tells.customerName)},`,
    `there is news on ${aboutJob(tells)}.`,
    ...(more > 0 ? [earlierWords(more)] : []),
    ...blocks,
    `Open the job: ${openUrl}`,
    LINK_HINT,
    `${NO_ANSWERS}\nNo more mails about news: ${unsubscribeUrl}`,
    headerText(office.name),
    '',
  ].join('\n\n');
}

function aboutJob({ jobTitle, reference, stageName }: MailTells): string {
  const title = headerText(jobTitle);
  return `“${title}”${reference === null ? '' : `, ${reference}`} (status: ${headerText(stageName)})`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}

function htmlOf({ office, tells, openUrl, unsubscribeUrl }: NewsMailView, subject: string): string {
  const { latest, more } = shown(tells.news);
  return mailPage({
    office,
    subject,
    body: html`<p style="margin: 0 0 4px; font-size: 18px; font-weight: 600;" dir="auto">${tells.jobTitle}</p>
<p class="meta" style="${metaStyle()}"><bdi>${tells.stageName}</bdi>${tells.reference !== null && html` · ${tells.reference}`}</p>
${more > 0 && html`<p class="meta" style="${metaStyle()}">${earlierWords(more)}</p>`}
${latest.map((news) => newsBlock(news, office.name))}`,
    button: { words: 'Open the job', url: openUrl },
    foot: html`<p style="margin: 0 0 8px;">${LINK_HINT} ${NO_ANSWERS}</p>
<p style="margin: 0;">You get this mail because <bdi>${office.name}</bdi> has a job for you. <a class="meta" href="${unsubscribeUrl}" style="color: inherit;">No more mails about news</a></p>`,
  });
}

function newsBlock(news: News, office: string): Html {
  return html`<p style="margin: 18px 0 8px;" dir="auto">${whoDid(news, office)}</p>
${news.text !== null && quoted(shortened(news.text))}
${news.files.length > 0 && quoted(news.files.map((name) => `File: ${name}`).join('\n'))}`;
}
