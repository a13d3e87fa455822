// The pages behind the links in mails. (E1, F2)

import { html } from '../html.ts';
import { type Frame, page } from './layout.ts';

export interface MailLinkView {
  /** Of the mail's link. */
  readonly path: string;
  readonly office: string;
  /** Not the whole of it: a mail may have been passed on. */
  readonly address: string;
  readonly notifyOnReplies: boolean;
}

export function mailLinkPage(frame: Frame, { path, office, address }: MailLinkView): string {
  return page(frame, {
    title: 'Sign in to open it',
    body: html`<div class="card letter"><h1>Sign in to open it</h1>
<p>You are not signed in on this device. We mail a sign-in link to <bdi>${address}</bdi>; it opens what <bdi>${office}</bdi> has sent you.</p>
<form method="post" action="${path}"><button class="button primary wide" type="submit">Mail me a sign-in link</button></form>
<p class="hint">After that you stay signed in on this device for 30 days.</p></div>`,
  });
}

/** The same whether a mail was queued or it was asked too often. */
export function mailedPage(frame: Frame, { address, path }: MailLinkView): string {
  return page(frame, {
    title: 'Look into your mailbox',
    body: html`<div class="card letter" role="status"><h1>Look into your mailbox</h1>
<p>A sign-in link is on its way to <bdi>${address}</bdi>. It works once, within 15 minutes.</p>
<p class="hint">Nothing there after some minutes? Look among the unwanted mails, then <a href="${path}">ask again</a>.</p></div>`,
  });
}

export function notificationsPage(frame: Frame, view: MailLinkView): string {
  const { path, office, notifyOnReplies } = view;
  const action = `${path}/unsubscribe`;
  if (notifyOnReplies)
    return page(frame, {
      title: 'Mails about news',
      body: html`<div class="card letter" role="status"><h1>Mails about news</h1>
<p><bdi>${office}</bdi> mails you when there is news on your jobs. Do you want no more of these mails?</p>
<form method="post" action="${action}"><input type="hidden" name="mails" value="off"><button class="button primary wide" type="submit">No more mails about news</button></form>
<p class="hint">Your jobs stay open to you here; only the mails end.</p></div>`,
    });
  return page(frame, {
    title: 'No more mails about news',
    body: html`<div class="card letter" role="status"><h1>No more mails about news</h1>
<p><bdi>${office}</bdi> mails you no more about news on your jobs. You find it here, and sign-in links still come by mail.</p>
<form method="post" action="${action}"><input type="hidden" name="mails" value="on"><button class="button wide" type="submit">Mail me about news again</button></form></div>`,
  });
}
