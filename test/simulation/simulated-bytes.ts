// The server's files as a simulated machine has them: others get their turn before and after each step, and the machine may
// die at each, also between any two pieces of a file that comes in.

import type { BlobStore } from '../../sync-server/blobs/blob-store.ts';
import type { UploadStore } from '../../sync-server/blobs/upload-store.ts';
import { breathe, dieMaybe, type Machine } from './machine.ts';

type Method = (...args: unknown[]) => unknown;

export function simulatedBlobs(inner: BlobStore, machine: Machine): BlobStore {
  return breathing(inner, machine, {
    remove: async (place) => {
      await breathe(machine);
      machine.onDropping(place.blobId);
      await inner.remove(place);
      await breathe(machine);
    },
    list: () => inner.list(),
  });
}

export function simulatedUploads(inner: UploadStore, machine: Machine): UploadStore {
  return breathing(inner, machine, {
    write: async (bytes, id, upload) => {
      await breathe(machine);
      const offset = await inner.write(inPieces(bytes, machine), id, upload);
      await breathe(machine);
      return offset;
    },
  });
}

/** What came before the machine died stays on its disk. */
async function* inPieces(
  bytes: AsyncIterable<Uint8Array>,
  machine: Machine,
): AsyncIterable<Uint8Array> {
  for await (const piece of bytes) {
    dieMaybe(machine, 'over an upload', machine.weather().serverCrash);
    yield piece;
    const { chance, scheduler } = machine.run;
    if (chance.happens(machine.weather().serverPause)) await scheduler.pause(chance.between(1, 40));
    dieMaybe(machine, 'over an upload', 0);
  }
}

function breathing<T extends object>(inner: T, machine: Machine, own: Partial<T>): T {
  return new Proxy(inner, {
    get(target, name) {
      const replaced: unknown = Reflect.get(own, name);
      if (replaced !== undefined) return replaced;
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const method = member.bind(target) as Method;
      return async (...args: unknown[]) => {
        await breathe(machine);
        const answer = await method(...args);
        await breathe(machine);
        return answer;
      };
    },
  });
}
