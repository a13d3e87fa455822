// The words of the mail that lets a customer into the portal. (E1)

import { html } from '../html.ts';
import type { Workspace } from '../protocol/records.ts';
import { mailPage } from './mail-layout.ts';
import type { MailWords } from './news-mail.ts';
import { headerText } from './outgoing-mail.ts';

export interface SignInMailView {
  readonly office: Pick<Workspace, 'name' | 'hue'>;
  readonly customerName: string;
  readonly openUrl: string;
}

const HOW_LONG = 'The link works once, within 15 minutes.';
const NOT_YOU = 'You did not ask for it? Then do nothing: without the link nobody gets in.';

export function signInMail({ office, customerName, openUrl }: SignInMailView): MailWords {
  const subject = headerText(`Your sign-in link for ${office.name}`);
  const text = [
    `Hello ${headerText(customerName)},`,
    `with this link you get to your jobs at ${headerText(office.name)}:`,
    openUrl,
    HOW_LONG,
    NOT_YOU,
    '',
  ].join('\n\n');
  const page = mailPage({
    office,
    subject,
    body: html`<p style="margin: 0 0 10px; font-size: 18px; font-weight: 600;">Hello <bdi>${customerName}</bdi></p>
<p style="margin: 0;">Here you get to your jobs at <bdi>${office.name}</bdi>: messages, files and how far the work is.</p>`,
    button: { words: 'Open my jobs', url: openUrl },
    foot: html`<p style="margin: 0 0 8px;">${HOW_LONG}</p><p style="margin: 0;">${NOT_YOU}</p>`,
  });
  return { subject, text, html: page };
}
