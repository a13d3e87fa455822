// Command line: a fresh link that lets a customer into the portal once. (E1)
//   node sync-server/admin/portal-link.ts --data DIR --public-url URL [--customer NAME-EMAIL-OR-ID]
// Without --customer it is the demo customer, or the first one where there is no demo.

import { parseArgs } from 'node:util';
import { createPortalLink } from '../auth/customer.ts';
import type { Storage } from '../storage/storage.ts';
import { DEMO_CUSTOMER_ID } from './demo-office/office.ts';
import { openForCommand } from './kept-where.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '.docket' },
      'public-url': { type: 'string', default: 'http://127.0.0.1:4810' },
      customer: { type: 'string' },
    },
  });
  const { storage } = await openForCommand(values.data);
  try {
    const { workspaceId, customer } = await findCustomer(storage, values.customer);
    const link = await createPortalLink(
      { storage, now: () => Date.now() },
      {
        workspaceId,
        customerId: customer.id,
        memberId: null,
        mailedTo: null,
        baseUrl: values['public-url'].replace(/\/+$/, ''),
      },
    );
    if (link === undefined) throw new Error(`“${customer.name}” was deleted a moment ago.`);
    const line = { event: 'portal-link', ...link, customer: customer.name };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } finally {
    await storage.close();
  }
}

async function findCustomer(storage: Storage, wanted: string | undefined) {
  const customers = await allCustomers(storage);
  if (wanted === undefined) return customers.find(isDemo) ?? customers[0] ?? none();
  const meant = customers.filter(({ customer: { id, name, emails } }) =>
    ([id, name, ...emails] as string[]).includes(wanted),
  );
  // A link lets in whoever has it: into which of several is not for chance to say.
  if (meant.length > 1)
    throw new Error(
      `${meant.length} customers here go by “${wanted}”. Give the id of the one you mean: ${meant.map(({ customer }) => customer.id).join(', ')}.`,
    );
  return meant[0] ?? none(wanted);
}

type OfficeCustomer = Awaited<ReturnType<typeof allCustomers>>[number];

async function allCustomers(storage: Storage) {
  const offices = (await storage.workspaceIds()).map(async (workspaceId) =>
    (await storage.recordsOfKind(workspaceId, 'customer')).map(({ record: customer }) => ({
      workspaceId,
      customer,
    })),
  );
  return (await Promise.all(offices)).flat();
}

const isDemo = ({ customer }: OfficeCustomer) => customer.id === DEMO_CUSTOMER_ID;

function none(wanted?: string): never {
  throw new Error(
    wanted === undefined
      ? 'No office here has a customer yet. Add one in Docket first.'
      : `No office here has a customer “${wanted}”. Give the name or email as Docket shows it.`,
  );
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
