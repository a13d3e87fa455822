// An office whose mails really leave: the portal's test office, a real mail server, and a clock that the test moves.

import { MailSender, type MailSenderDeps } from '../../sync-server/mail/mail-sender.ts';
import { SmtpTransport } from '../../sync-server/mail/smtp-transport.ts';
import type { MailTransport } from '../../sync-server/mail/transport.ts';
import type { JobId } from '../../sync-server/protocol/ids.ts';
import { applied } from '../../sync-server/protocol/outcome.ts';
import type { Customer, KindedRecord, Mail } from '../../sync-server/protocol/records.ts';
import { aMutationId } from './builders.ts';
import { MailServer } from './mail-server.ts';
import { NOW, openPortalOffice, type PortalOffice } from './portal-office.ts';

export const MAIL_FROM = 'no-reply@nordhafen.example';
export const PUBLIC_URL = 'https://portal.nordhafen.example';
export const MINUTE_MS = 60_000;

export interface MailOffice extends PortalOffice {
  readonly server: MailServer;
  /** Hands over what is due now, as a process that is told nothing else. */
  sendDue(overrides?: Partial<MailSenderDeps>): Promise<void>;
  /** The server's clock, ISO 8601. */
  now(): string;
  /** Two minutes later, to the end of a window. */
  sendAfterWindow(): Promise<void>;
  /** Something in the office becomes otherwise, whoever did it. */
  put(...records: KindedRecord[]): Promise<void>;
  /** The mails on record, oldest first. */
  mails(jobId?: JobId): Promise<readonly Mail[]>;
  reply(text: string): Promise<void>;
  readonly failures: unknown[];
}

/** Anna has one address that can be written to; the portal's office hides hers behind a marked word. */
export const ANNA_EMAIL = 'anna@berg.example';

export async function openMailOffice(
  options: { readonly transport?: MailTransport; readonly customer?: Partial<Customer> } = {},
): Promise<MailOffice> {
  const office = await openPortalOffice({ publicUrl: PUBLIC_URL });
  const server = new MailServer();
  await server.start();
  let nowMs = Date.parse(NOW);
  const failures: unknown[] = [];
  const { workspace, anna, jobs } = office.records;
  const put = async (...records: KindedRecord[]) => {
    await office.storage.transact(workspace.id, async (transaction) => {
      transaction.settle({ id: aMutationId(), actorKey: 'test' }, applied(...records));
      await Promise.resolve();
    });
  };
  await put({
    kind: 'customer',
    record: { ...anna, emails: [ANNA_EMAIL], ...options.customer },
  });
  let senders = 0;
  const sendDue = async (overrides: Partial<MailSenderDeps> = {}) => {
    senders += 1;
    const sender = new MailSender({
      storage: office.storage,
      transport: options.transport ?? new SmtpTransport(server.url),
      from: MAIL_FROM,
      publicUrl: () => PUBLIC_URL,
      now: () => nowMs,
      claimant: `sender ${senders}`,
      onFailure: (error) => failures.push(error),
      ...overrides,
    });
    await sender.sendDue();
  };
  const pass = (ms: number) => {
    nowMs += ms;
    office.pass(ms);
  };
  return {
    ...office,
    server,
    failures,
    put,
    pass,
    now: () => new Date(nowMs).toISOString(),
    sendDue,
    sendAfterWindow: async () => {
      pass(2 * MINUTE_MS);
      await sendDue();
    },
    reply: (text) => office.say(jobs.golf.id, 'visible', text),
    mails: async (jobId) => {
      const { rows } = await office.storage.changesAfter({
        workspaceId: workspace.id,
        memberId: office.records.jonas.id,
        afterVersion: 0,
        limitRows: 10_000,
      });
      return rows
        .filter(({ kind, isDeleted }) => kind === 'mail' && !isDeleted)
        .map(({ data }) => JSON.parse(data) as Mail)
        .filter((mail) => jobId === undefined || mail.jobId === jobId);
    },
    close: async () => {
      await server.stop();
      await office.close();
    },
  };
}
