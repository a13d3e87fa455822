// What customers do in the portal, as it reaches real desks: marked as theirs, and ringing the bell. (E3-E5, F3)

import { expect, onTestFinished, test } from 'vitest';
import type { FeedFilters } from '../../../electron/core/api/jobs-contract.ts';
import { aFormField } from '../../support/builders.ts';
import { enterPortal } from '../../support/enter-portal.ts';
import { formTo, PortalBrowser } from '../../support/portal-browser.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';
import { SESSION_COOKIE } from '../../../sync-server/portal/visitor.ts';
import { mutationId } from '../../../sync-server/protocol/ids.ts';

const claim = aFormField({ label: 'Claim number', type: 'text', customerCanEdit: true });

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const { workspace, pipeline } = server.office;
  await server.data.storage.transact(workspace.id, async (transaction) => {
    const id = mutationId.parse('01900000-0000-4000-8000-000000000000');
    const record = {
      ...pipeline,
      customerCanUpload: true,
      fields: [...pipeline.fields, claim],
    };
    transaction.settle(
      { id, actorKey: 'test' },
      { kind: 'applied', puts: [{ kind: 'pipeline', record }] },
    );
    await Promise.resolve();
  });
  return server;
}

async function aDesk({ url }: TestServer, { email }: { email: string }): Promise<TestDesk> {
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  await desk.signIn(url, { email, password: TEST_PASSWORD });
  return desk;
}

async function anna({ app, data, office }: TestServer): Promise<PortalBrowser> {
  const deps = { storage: data.storage, now: () => Date.now() };
  const who = { workspaceId: office.workspace.id, customerId: office.anna.id };
  const browser = new PortalBrowser(app);
  browser.cookies.set(SESSION_COOKIE, (await enterPortal(deps, who)).sessionToken);
  return browser;
}

const feed = (desk: TestDesk, { office }: TestServer, isEnough: (kinds: string[]) => boolean) =>
  desk.until(
    'activity.feed',
    { jobId: office.job.id, filters: NO_FILTERS, limit: 100 },
    ({ items }) => isEnough(items.map(({ entry }) => entry.kind)),
  );
const NO_FILTERS: FeedFilters = { kinds: [], authorIds: [], audiences: [], search: '' };

test('(F3) a reply, files and a form save of a customer come to every desk as from the customer, and ring its bell', async () => {
  const server = await aServer();
  const { office } = server;
  const desks = [await aDesk(server, office.mara), await aDesk(server, office.jonas)];
  const browser = await anna(server);
  const path = `/portal/jobs/${office.job.id}`;
  const form = (part: string) => browser.get(path).then(({ body }) => formTo(body, part));
  const reply = await form('replies');
  await browser.postFiles(reply.action, { ...reply.fields, text: 'Is it ready?' }, []);
  const upload = await form('replies');
  await browser.postFiles(upload.action, { ...upload.fields, text: '' }, [
    { name: 'dents.txt', bytes: Buffer.from('Two dents.') },
  ]);
  const details = await form('details');
  await browser.post(details.action, { ...details.fields, [`now-${claim.id}`]: 'C-17' });
  for (const desk of desks) {
    const { items } = await feed(desk, server, (kinds) => kinds.includes('form_save'));
    const fromAnna = items.filter(({ entry }) => entry.author.kind === 'customer');
    expect(fromAnna.map(({ entry }) => entry.kind)).toEqual(['reply', 'file', 'form_save']);
    for (const { authorName, entry, mine } of fromAnna) {
      expect(authorName).toBe(office.anna.name);
      expect(entry.audience).toBe('visible');
      expect(mine).toBe(false);
    }
    expect(fromAnna[1]?.attachments).toMatchObject([{ name: 'dents.txt', audience: 'visible' }]);
    const bell = await desk.until('bell', {}, ({ count }) => count >= 3);
    expect(bell.count).toBe(3);
    expect(bell.jobs[0]).toMatchObject({
      jobId: office.job.id,
      unreadCount: 3,
      latest: { kind: 'form_save', fromCustomer: true, audience: 'visible' },
    });
  }
  const [first] = desks;
  expect((await first?.ask('jobs.one', { jobId: office.job.id }))?.job.form[claim.id]).toBe('C-17');
});
