import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Portal } from '../../../sync-server/portal/answers.ts';
import { ClockFace } from '../../../sync-server/portal/moment.ts';
import { ViewCache } from '../../../sync-server/portal/view-cache.ts';
import { jobView } from '../../../sync-server/portal/views.ts';
import type { Visitor } from '../../../sync-server/portal/visitor.ts';
import * as build from '../../support/builders.ts';
import { NOW, openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';

let office: PortalOffice;
beforeEach(async () => {
  office = await openPortalOffice();
});
afterEach(() => office.close());

test('[V2] what is kept for a customer is not shown to one of another office who has the same id', async () => {
  const { anna, jobs, workspace } = office.records;
  const portal = {
    storage: office.storage,
    views: new ViewCache(),
    clockFace: new ClockFace('UTC'),
    now: () => Date.parse(NOW),
  } as unknown as Portal;
  // Ids are made on devices: who knows Anna's can make a customer with it in an office of their own.
  const visitor = (workspaceId: string) =>
    ({
      workspaceId,
      customerId: anna.id,
      brand: { office: 'Elsewhere' },
      stand: 1,
    }) as Visitor;
  const view = (of: Visitor) => jobView(portal, of, jobs.golf.id, 0);
  expect(await view(visitor(workspace.id))).toBeDefined();
  expect(await view(visitor(build.aWorkspace().id))).toBeUndefined();
});
