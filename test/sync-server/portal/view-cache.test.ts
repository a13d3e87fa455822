import { describe, expect, test, vi } from 'vitest';
import { ViewCache } from '../../../sync-server/portal/view-cache.ts';

const MB = 1024 * 1024;
const at = (changes: number, day = '2026-11-12') => ({ changes, day });

describe('[V1] a view that was made before', () => {
  test('is given again for as long as what it is made of and the day stand, and never after', async () => {
    const views = new ViewCache();
    const make = vi.fn(async () => `view ${make.mock.calls.length}`);
    const get = (stand: ReturnType<typeof at>) => views.get('list anna', stand, make, () => 1);
    expect(await get(at(1))).toBe('view 1');
    expect(await get(at(1))).toBe('view 1');
    expect(await get(at(2))).toBe('view 2');
    expect(await get(at(2, '2026-11-13'))).toBe('view 3');
    expect(await get(at(1))).toBe('view 4');
  });

  test('[V2] of nothing is not kept', async () => {
    const views = new ViewCache();
    const make = vi.fn(async () => undefined);
    await views.get('job x', at(1), make, () => 1);
    await views.get('job x', at(1), make, () => 1);
    expect(make).toHaveBeenCalledTimes(2);
  });

  test('goes when there are too many, the one asked for longest ago first', async () => {
    const views = new ViewCache();
    const made: string[] = [];
    const get = (place: string) =>
      views.get(
        place,
        at(1),
        async () => {
          made.push(place);
          return place;
        },
        () => 12 * MB,
      );
    for (const place of ['a', 'b', 'a', 'c', 'a', 'b']) await get(place);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });
});
