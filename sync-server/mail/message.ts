// A mail in nodemailer's terms, the same for a mail server and for a file.

import type { MailAddress, OutgoingMail } from './outgoing-mail.ts';
import { headerText } from './outgoing-mail.ts';

/** Nothing of a message is ever fetched from a disk or a network. */
export const NO_OUTSIDE = { disableFileAccess: true, disableUrlAccess: true } as const;

export function messageOf(mail: OutgoingMail) {
  const { from, to, unsubscribeUrl, threadId } = mail;
  return {
    ...NO_OUTSIDE,
    messageId: mail.messageId,
    ...(threadId === null ? {} : { references: threadId }),
    date: new Date(mail.sentAt),
    // Said apart from the headers, so that whatever a header holds, the mail goes to this one address.
    envelope: { from: from.address, to: [to.address] },
    from: addressOf(from),
    to: addressOf(to),
    subject: headerText(mail.subject),
    text: mail.text,
    html: mail.html,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(unsubscribeUrl === null
        ? {}
        : {
            'List-Unsubscribe': `<${unsubscribeUrl}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
    },
  };
}

function addressOf({ name, address }: MailAddress): MailAddress {
  return { name: headerText(name), address };
}
