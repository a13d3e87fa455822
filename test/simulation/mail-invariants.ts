// At rest, everything that customers had to be told of is in their mailboxes, once, or there is a reason why it is not.

import type { Mail } from '../../sync-server/protocol/records.ts';
import type { ArrivedMail } from './mailboxes.ts';
import type { MailWatch } from './mail-watch.ts';
import type { DueNews } from './model-mails.ts';
import { short } from './run.ts';
import { GONE } from './postman.ts';
import type { World } from './world.ts';

export function checkMails(world: World): void {
  checkNews(world);
  checkRecords(world);
}

function checkNews({ run, model, mailWatch }: World): void {
  for (const news of model.mails.due)
    for (const address of model.mails.emailsOf(news.customerId)) {
      if (address.startsWith(GONE) || model.mails.excuseFor(news.entryId, address)) continue;
      const isTold = mailWatch.mailboxes
        .mailsTo(address)
        .some((mail) => tells(mailWatch, mail, news));
      if (!isTold) run.violate('what is to be told is told', `${named(news)} to ${address}`);
    }
}

/** What the office reads of each mail is what became of it. */
function checkRecords({ run, desks, mailWatch }: World): void {
  // Every mirror has what the server has, which is checked elsewhere.
  const rows = desks[0]?.mirror?.all<{ data: string }>('SELECT data FROM mail') ?? [];
  for (const { data } of rows) {
    const { id, to, state, reason } = JSON.parse(data) as Mail;
    const hasArrived = to.some((address) =>
      mailWatch.mailboxes.mailsTo(address).some(({ mailId }) => mailId === id),
    );
    if (state === 'waiting') run.violate('no mail waits at rest', short(id));
    if (state === 'sent' && !hasArrived) run.violate('a mail said to be sent was', short(id));
    // What a server sent that is no more, its backup cannot know. [L6]
    const isTold = reason.includes('may have reached') || mailWatch.restores > 0;
    if (state === 'dropped' && hasArrived && !isTold)
      run.violate('a mail said not to be sent was not', short(id));
  }
}

function tells(watch: MailWatch, mail: ArrivedMail, { text, fileIds, atMs }: DueNews): boolean {
  if (text !== '') return watch.variantsOf(text).some((each) => mail.words.has(each));
  return mail.atMs >= atMs && fileIds.some((id) => watch.names(mail, id));
}

const named = ({ text, fileIds, entryId }: DueNews): string =>
  `${text} ${fileIds.map(short).join(' ')} (${short(entryId)})`;
