// What authors do to their own words: they put others in their place, at times on two devices at once. (C10)

import type { FeedItem } from '../../electron/core/api/jobs-contract.ts';
import { mutationId } from '../../sync-server/protocol/ids.ts';
import type { JobId } from '../../sync-server/protocol/ids.ts';
import { Chance } from './chance.ts';
import { readOutbox } from './ledger.ts';
import { INTERNAL } from './office.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import { CALM } from './weather.ts';
import type { World } from './world.ts';

const EDITS = 40;
const WITHIN_MS = 90_000;
const NO_FILTERS = { kinds: [], authorIds: [], audiences: [], search: '' };

/** By a chance of their own, in a story in which one member has a second device. */
export async function planEdits(world: World, seed: number): Promise<void> {
  const chance = new Chance(seed ^ 0x0ed17);
  const [member] = world.office.members;
  if (member !== undefined) await world.addDesk(member, `${member.name}-home`);
  const { scheduler } = world.run;
  for (let count = 1; count <= EDITS; count += 1)
    scheduler.after(chance.between(2_000, WITHIN_MS), () => editSomething(world, chance, count));
}

function editSomething(world: World, chance: Chance, count: number): void {
  // After the day nobody does anything any more.
  if (world.network.weather === CALM) return;
  const desk = chance.pick(world.desks);
  const items = jobsOf(desk).flatMap((jobId) => editable(desk, jobId));
  const again = items.filter(({ entry }) => entry.kind === 'reply' && entry.earlier !== undefined);
  const item = chance.pickAny(again.length > 0 && chance.happens(0.6) ? again : items);
  if (item === undefined) return;
  const { jobId } = item.entry;
  if (item.entry.audience === 'visible') bringReader(world, chance, jobId);
  const twin = chance.pickAny(
    world.desks.filter((each) => each !== desk && isOf(each, desk) && each.isRunning),
  );
  const isAtBoth = twin !== undefined && chance.happens(0.5);
  if (isAtBoth) world.goOffline(twin);
  edit(world, desk, item, `${desk.name}-edit-${count}`);
  const there = twin && editable(twin, jobId).find(({ entry }) => entry.id === item.entry.id);
  if (isAtBoth && there !== undefined) edit(world, twin, there, `${twin.name}-edit-${count}-too`);
}

/** Its customer looks at the job some time later. */
function bringReader(world: World, chance: Chance, jobId: JobId): void {
  const owner = world.model.jobs.get(jobId)?.customerId;
  const customer = world.customers.find(({ id }) => id === owner);
  world.run.scheduler.after(chance.between(2_000, 20_000), () => {
    if (world.network.weather !== CALM) void customer?.visit(jobId);
  });
}

const isOf = (one: SimulatedDesk, other: SimulatedDesk): boolean =>
  one.account.memberId === other.account.memberId;

function jobsOf(desk: SimulatedDesk): readonly JobId[] {
  const rows = desk.mirror?.all<{ id: JobId }>('SELECT id FROM job ORDER BY id');
  return (rows ?? []).map(({ id }) => id);
}

function editable(desk: SimulatedDesk, jobId: JobId): readonly FeedItem[] {
  const feed = desk.window.ask('activity.feed', { jobId, filters: NO_FILTERS, limit: 200 });
  return (feed?.items ?? []).filter(({ editBasis }) => editBasis !== null);
}

function edit(world: World, desk: SimulatedDesk, item: FeedItem, words: string): void {
  const { run, ledger } = world;
  const { entry, editBasis } = item;
  if (entry.kind !== 'reply' || editBasis === null) return;
  const text = entry.audience === 'visible' ? `reply-${words}` : `${INTERNAL} note ${words}`;
  const replaced = waitingEdit(desk, entry.id);
  if (replaced !== undefined) world.intend(desk, mutationId.parse(replaced.id));
  void desk.request('entries.edit', { entryId: entry.id, basedOn: editBasis, text }).then((end) => {
    run.tell(desk.name, `entries.edit ${end.kind === 'answered' ? 'done' : 'not done'}`);
    if (replaced !== undefined) {
      world.intend(desk, undefined);
      const stands = desk.mirror === undefined ? [] : readOutbox(desk.mirror);
      const taker = stands.find(({ seq }) => seq === replaced.seq);
      // A text that nobody had seen was taken up by the newer one.
      if (taker !== undefined && taker.id !== replaced.id) {
        run.count('edits taken up');
        ledger.giveUp(desk, replaced.id);
      }
    }
    world.look(desk);
  });
}

function waitingEdit({ mirror }: SimulatedDesk, entryId: string) {
  const rows = mirror === undefined ? [] : readOutbox(mirror);
  return rows.findLast(
    ({ name, args, state, mayHaveArrived }) =>
      name === 'edit_entry' &&
      state === 'pending' &&
      !mayHaveArrived &&
      (JSON.parse(args) as { readonly entryId: string }).entryId === entryId,
  );
}
