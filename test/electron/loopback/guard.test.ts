import { describe, expect, test } from 'vitest';
import {
  type GuardedRequest,
  launchCookieHeader,
  reasonToRefuse,
} from '../../../electron/loopback/guard.ts';

const token = 'a-launch-token';
const own: GuardedRequest = {
  method: 'GET',
  host: '127.0.0.1:4811',
  origin: undefined,
  cookie: launchCookieHeader(token, 4811).split(';')[0],
  isUpgrade: false,
};
const reason = (overrides: Partial<GuardedRequest>) =>
  reasonToRefuse({ ...own, ...overrides }, { token, port: 4811 });

describe('(I2) only the browser that came with the launch token gets in', () => {
  test.each<[string, Partial<GuardedRequest>]>([
    ['its own page', {}],
    ['under its other name', { host: 'localhost:4811' }],
    ['a post from its own page', { method: 'POST', origin: 'http://127.0.0.1:4811' }],
    ['its own socket', { isUpgrade: true, origin: 'http://localhost:4811' }],
    ['beside cookies of others', { cookie: `theme=dark; ${own.cookie}; other=1` }],
    // Cookies know no ports: all Dockets of a computer share one jar.
    [
      'beside the cookie of another Docket',
      { cookie: `${launchCookieHeader('its-token', 4813).split(';')[0]}; ${own.cookie}` },
    ],
  ])('%s passes', (_what, overrides) => {
    expect(reason(overrides)).toBeUndefined();
  });

  test.each<[string, Partial<GuardedRequest>]>([
    ['no cookie', { cookie: undefined }],
    ['a wrong token', { cookie: 'docket-launch-4811=another-token' }],
    ['a token that begins right', { cookie: 'docket-launch-4811=a-launch-token-and-more' }],
    ['a rebound name', { host: 'docket.attacker.example:4811' }],
    ['another port of this machine', { host: '127.0.0.1:9999' }],
    ['no host', { host: undefined }],
    ['a get of another page', { origin: 'https://attacker.example' }],
    ['a post without an origin', { method: 'POST' }],
    ['a post of another page', { method: 'POST', origin: 'http://127.0.0.1:9999' }],
    ['a socket of another page', { isUpgrade: true, origin: 'https://attacker.example' }],
    ['a socket without an origin', { isUpgrade: true }],
    ['a sandboxed frame', { method: 'POST', origin: 'null' }],
  ])('%s is turned away', (_what, overrides) => {
    expect(reason(overrides)).toEqual(expect.any(String));
  });
});

test('the launch cookie can be read by no script and comes along from no other page', () => {
  expect(launchCookieHeader(token, 4811)).toBe(
    'docket-launch-4811=a-launch-token; HttpOnly; SameSite=Strict; Path=/',
  );
});
