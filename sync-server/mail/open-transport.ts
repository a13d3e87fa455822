import type { MailConfig } from '../config.ts';
import { FolderTransport } from './folder-transport.ts';
import { SmtpTransport } from './smtp-transport.ts';
import type { MailTransport } from './transport.ts';

/** To a mail server, or to a folder where there is none. (F2) */
export function openTransport(config: MailConfig): MailTransport {
  return config.kind === 'smtp'
    ? new SmtpTransport(config.url)
    : new FolderTransport(config.folder);
}
