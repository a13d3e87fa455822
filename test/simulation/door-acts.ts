// How a customer comes in and says that they want no more mails, with nothing but their mailbox: from another browser, that
// has no session yet.

import { SESSION_COOKIE } from '../../sync-server/portal/visitor.ts';
import type { ArrivedLink } from './door-watch.ts';
import type { PortalCustomer } from './portal-customer.ts';
import type { World } from './world.ts';

/** Of links that are tried, how often it is the newest. */
const NEWEST = 0.7;

/** By their address. Whoever asks learns nothing, so the answer says nothing either. (E1) */
export async function askForLink(world: World, customer: PortalCustomer): Promise<void> {
  const { run, office, doorWatch } = world;
  const emails = office.customers.find(({ id }) => id === customer.id)?.emails ?? [];
  const address = run.chance.pickAny(emails);
  if (address === undefined) return;
  run.count('sign-in links asked for');
  doorWatch.asks(address);
  const body = new URLSearchParams({ email: address }).toString();
  await customer.askAnew({ method: 'POST', path: '/portal/sign-in', body });
}

export async function enterByMail(world: World, customer: PortalCustomer): Promise<void> {
  const link = pickLink(world, customer, 'enter');
  if (link === undefined) return;
  const heard = world.doorWatch.tries(link);
  const answer = await customer.askAnew({ method: 'POST', path: link.path });
  if (answer === undefined) return;
  const cookies = answer.headers['set-cookie'] ?? '';
  const [, sessionToken] = new RegExp(`${SESSION_COOKIE}=([^;]+)`).exec(cookies) ?? [];
  heard(answer.status === 303 && sessionToken !== undefined);
  if (sessionToken !== undefined) await customer.takeSession(sessionToken);
}

/** As their mail program does it, in one click. (F2) */
export async function unsubscribe(world: World, customer: PortalCustomer): Promise<void> {
  const link = pickLink(world, customer, 'unsubscribe');
  if (link === undefined) return;
  const heard = world.doorWatch.unsubscribes(link);
  const body = 'List-Unsubscribe=One-Click';
  const answer = await customer.askAnew({ method: 'POST', path: link.path, body });
  if (answer !== undefined) heard(answer.status === 200);
}

function pickLink(
  { run, doorWatch }: World,
  { id }: PortalCustomer,
  kind: ArrivedLink['kind'],
): ArrivedLink | undefined {
  const links = doorWatch.linksOf(id, kind);
  return run.chance.happens(NEWEST) ? links.at(-1) : run.chance.pickAny(links);
}
