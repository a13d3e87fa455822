import { expect, test } from 'vitest';
import { summarize } from '../../scripts/lib/test-summary.mjs';
import { runScript } from '../support/run-script.ts';

const file = (status: 'passed' | 'failed', assertions: readonly ('passed' | 'failed')[]) => ({
  name: 'test/some.test.ts',
  status,
  assertionResults: assertions.map((assertion) => ({ status: assertion })),
});

const report = (passed: number, failed: number, testResults: object[] = []) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  testResults,
});

test('tests that all passed are a success', () => {
  expect(summarize(report(12, 0, [file('passed', ['passed'])]), 0)).toEqual({
    line: '12 passed, 0 failed',
    ok: true,
    reason: undefined,
  });
});

test.each([
  ['a failed test', report(3, 2, [file('failed', ['failed', 'failed'])]), 1, '3 passed, 2 failed'],
  ['a file that could not be loaded', report(3, 0, [file('failed', [])]), 1, '3 passed, 1 failed'],
  [
    'a file whose set-up failed',
    report(3, 0, [file('failed', ['passed'])]),
    1,
    '3 passed, 1 failed',
  ],
  ['an error outside of every test', report(3, 0), 1, '3 passed, 1 failed'],
  ['a runner that reported nothing', undefined, 0, '0 passed, 1 failed'],
  ['a run without a test', report(0, 0), 0, '0 passed, 0 failed'],
])('%s is no success', (_what, result, exitCode, line) => {
  const summary = summarize(result, exitCode);
  expect(summary.line).toBe(line);
  expect(summary.ok).toBe(false);
});

test('the last line of npm test is the count, and a run without tests fails', async () => {
  const { code, stdout } = await runScript({ script: 'scripts/test.mjs', args: ['test/nowhere'] });
  expect(code).toBe(1);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^0 passed, \d+ failed$/);
}, 60_000);

test('the last line of npm test counts what ran', async () => {
  const { code, stdout } = await runScript({
    script: 'scripts/test.mjs',
    args: ['test/support/builders.test.ts'],
  });
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^[1-9]\d* passed, 0 failed$/);
  expect(code).toBe(0);
}, 60_000);
