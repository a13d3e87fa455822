// The server's mails as a simulated machine has them: others get their turn before and after each step, and the machine may
// die right before and right after what a sender keeps.

import type { MailOutbox } from '../../sync-server/storage/mail-outbox.ts';
import { SimulatedCrash } from './run.ts';
import { breathe, dieMaybe, type Machine } from './machine.ts';

const KEPT: ReadonlySet<string> = new Set(['claimDueMail', 'keepDeliveries']);

type Method = (...args: unknown[]) => unknown;

export function simulatedMails(inner: MailOutbox, machine: Machine): MailOutbox {
  return new Proxy(inner, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function' || typeof name !== 'string') return member;
      const method = member.bind(target) as Method;
      if (name === 'onMailQueued') return method;
      const likely = KEPT.has(name) ? machine.weather().serverCrash : 0;
      return async (...args: unknown[]) => {
        await breathe(machine);
        try {
          dieMaybe(machine, 'over a mail', likely);
          const answer = await method(...args);
          dieMaybe(machine, 'over a mail', likely);
          return answer;
        } catch (error) {
          if (!(error instanceof SimulatedCrash)) throw error;
          return machine.run.scheduler.abandon();
        }
      };
    },
  });
}
