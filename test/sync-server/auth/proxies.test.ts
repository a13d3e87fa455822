// Whose address counts where requests come through proxies. (J1)

import { afterEach, describe, expect, test } from 'vitest';
import { LINK_REQUESTS_PER_ADDRESS } from '../../../sync-server/auth/rate-limit.ts';
import { openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';

const PROXY = '10.0.0.5';
const CLIENT = '203.0.113.9';
const OTHER = '198.51.100.7';

let office: PortalOffice;
afterEach(() => office.close());

async function ask(remoteAddress: string, forwardedFor?: string): Promise<number> {
  const { statusCode } = await office.app.inject({
    method: 'POST',
    url: '/portal/sign-in',
    remoteAddress,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }),
    },
    payload: 'email=nobody%40nowhere.example',
  });
  return statusCode;
}

/** Asks as often as one address may, each time as `say` has it, and answers with the status of the next. */
async function useUp(say: (turn: number) => readonly [string, string?]): Promise<number> {
  for (let turn = 0; turn < LINK_REQUESTS_PER_ADDRESS; turn += 1)
    expect(await ask(...say(turn))).toBe(200);
  return ask(...say(LINK_REQUESTS_PER_ADDRESS));
}

describe('without trusted proxies', () => {
  test('whatever is said of other addresses counts for nothing', async () => {
    office = await openPortalOffice();
    expect(await useUp((turn) => [CLIENT, `198.51.100.${turn}`])).toBe(429);
    expect(await ask(OTHER, CLIENT)).toBe(200);
  });

  test('the addresses of one IPv6 network are one asker, written in whatever way', async () => {
    office = await openPortalOffice();
    expect(await useUp((turn) => [`2001:db8:0:7::${turn + 1}`])).toBe(429);
    expect(await ask('2001:db8:0:7:a:b:c:d')).toBe(429);
    expect(await ask('2001:db8:0:8::1')).toBe(200);
    expect(await ask('::1')).toBe(200);
  });
});

describe('with a trusted proxy', () => {
  const open = async () => {
    office = await openPortalOffice({ trustedProxies: ['10.0.0.0/8', '::1'] });
  };

  test('each who comes through it is counted by themselves', async () => {
    await open();
    expect(await useUp(() => [PROXY, CLIENT])).toBe(429);
    expect(await ask(PROXY, OTHER)).toBe(200);
    // The same address, come through another of the proxies.
    expect(await ask('10.7.7.7', CLIENT)).toBe(429);
  });

  test('what a browser wrote before the proxy added its address counts for nothing', async () => {
    await open();
    expect(await useUp((turn) => [PROXY, `198.51.100.${turn}, ${CLIENT}`])).toBe(429);
    expect(await ask(PROXY, OTHER)).toBe(200);
    // Not even the address of a trusted proxy, or nonsense.
    expect(await ask(PROXY, `10.1.1.1, nonsense, ${CLIENT}`)).toBe(429);
  });

  test('two proxies in a row are gone through, and no further', async () => {
    await open();
    expect(await useUp((turn) => [PROXY, `198.51.100.${turn}, ${CLIENT}, 10.9.9.9`])).toBe(429);
  });

  test('nobody else is believed, not even with the address of a proxy', async () => {
    await open();
    expect(await useUp((turn) => [CLIENT, `198.51.100.${turn}`])).toBe(429);
    expect(await ask(CLIENT, PROXY)).toBe(429);
  });
});
