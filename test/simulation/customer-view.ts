// What a customer sees against what the model says they may see: of a job's page as the portal reads it, and of its HTML.

import { jobForCustomer } from '../../sync-server/portal/customer-reads.ts';
import type { CustomerId } from '../../sync-server/protocol/ids.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import type { VisibleThing } from './model.ts';
import { INTERNAL } from './office.ts';
import type { World } from './world.ts';

const PROMISE = 'a customer sees what the model says, never more';

export async function checkCustomerView(
  world: World,
  storage: Storage,
  { customerId, jobId }: { customerId: CustomerId; jobId: string },
): Promise<void> {
  const { run, model, workspaceId } = world;
  const seen = await jobForCustomer(storage, { workspaceId, customerId }, jobId);
  const things = seen?.things.flatMap(({ what }): VisibleThing[] => {
    const files = 'files' in what ? what.files : [];
    const named = files.map(({ name }) => ({ kind: 'file', name }) as const);
    if (what.kind === 'message') return [{ kind: 'message', text: what.text }, ...named];
    if (what.kind === 'files') return named;
    return [{ kind: 'stage', name: what.kind === 'stage' ? what.name : what.kind }];
  });
  run.count('customer views compared');
  compare(world, things, model.visibleTo(customerId, jobId));
}

/** @param expected what the model said before and after the page was made, where that was the same */
export function checkPage(
  world: World,
  body: string,
  expected: readonly VisibleThing[] | undefined | 'in motion',
): void {
  const { run } = world;
  const leak = body.indexOf(INTERNAL);
  if (leak >= 0) run.violate(PROMISE, `the page says ${body.slice(leak - 40, leak + 40)}`);
  if (expected === 'in motion') return;
  run.count('customer views compared');
  compare(world, thingsOnPage(body), expected);
}

export function checkMissing(
  world: World,
  expected: readonly VisibleThing[] | undefined | 'in motion',
): void {
  if (expected === 'in motion' || expected === undefined) return;
  world.run.violate(PROMISE, 'a job that may be seen was answered as missing');
}

function compare(
  { run }: World,
  seen: readonly VisibleThing[] | undefined,
  expected: readonly VisibleThing[] | undefined,
): void {
  const [is, should] = [JSON.stringify(seen ?? null), JSON.stringify(expected ?? null)];
  if (is !== should) run.violate(PROMISE, `sees ${is}, should see ${should}`);
}

const THING =
  /<span class="file-name"><bdi>(?<file>[^<]*)<\/bdi>|(?:Job opened: |Now: )<bdi>(?<stage>[^<]*)<\/bdi>|<div class="text" dir="auto">(?<text>[^<]*)<\/div>/g;

function thingsOnPage(body: string): readonly VisibleThing[] {
  return [...body.matchAll(THING)].map(({ groups = {} }) => {
    const { stage, file, text = '' } = groups;
    if (stage !== undefined) return { kind: 'stage', name: stage };
    return file === undefined ? { kind: 'message', text } : { kind: 'file', name: file };
  });
}
