// Where a customer is signed in, and how to sign out there. (E1)

import { type Html, html } from '../html.ts';
import { sessionHandle } from '../auth/customer-session.ts';
import type { CustomerSession } from '../storage/customer-sessions.ts';
import { type Frame, type FrameSession, formToken, icon, page } from './layout.ts';
import { type Calendar, fullMoment, shortMoment } from './moment.ts';

export interface SessionsView {
  readonly calendar: Calendar;
  /** The one used last first. */
  readonly sessions: readonly CustomerSession[];
  readonly ownId: string;
  readonly didSignOut: boolean;
}

export function sessionsPage(frame: Frame, session: FrameSession, view: SessionsView): string {
  const others = view.sessions.filter(({ id }) => id !== view.ownId);
  const own = view.sessions.filter(({ id }) => id === view.ownId);
  return page(frame, {
    title: 'Where you are signed in',
    body: html`<p class="back"><a href="/portal">${icon('back')}All jobs</a></p>
<h1>Where you are signed in</h1>
${view.didSignOut && html`<p class="sent" role="status">${icon('check')}<span>Signed out there.</span></p>`}
<ul class="card sessions">${[...own, ...others].map((each) => sessionRow(each, session, view))}</ul>
${
  others.length > 1 &&
  html`<form class="more" method="post" action="/portal/sessions/end">${formToken(session)}<input type="hidden" name="which" value="others"><button class="button" type="submit">Sign out everywhere else</button></form>`
}
<p class="hint">Is there a device you do not know? Sign out there, and tell the office.</p>`,
  });
}

function sessionRow(each: CustomerSession, session: FrameSession, view: SessionsView): Html {
  const isOwn = each.id === view.ownId;
  return html`<li class="session"><div><b>${each.device}</b>${isOwn && html`<span class="this-device">This device</span>`}
<p>Last used <time datetime="${each.lastUsedAt}" title="${fullMoment(each.lastUsedAt, view.calendar)}">${shortMoment(each.lastUsedAt, view.calendar)}</time>, signed in <time datetime="${each.createdAt}" title="${fullMoment(each.createdAt, view.calendar)}">${shortMoment(each.createdAt, view.calendar)}</time></p></div>
<form method="post" action="${isOwn ? '/portal/sign-out' : '/portal/sessions/end'}">${formToken(session)}${!isOwn && html`<input type="hidden" name="which" value="${sessionHandle(each)}">`}<button class="button" type="submit"${!isOwn && html` aria-label="Sign out on ${each.device}"`}>Sign out</button></form></li>`;
}
