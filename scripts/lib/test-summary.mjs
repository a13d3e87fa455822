// What a run of vitest comes to, in one line that is never better than the truth.

/**
 * @param {object | undefined} report vitest's JSON report; undefined where it wrote none
 * @param {number} exitCode vitest's own
 * @returns {{ line: string, ok: boolean, reason: string | undefined }} `reason` says what the counts alone do not
 */
export function summarize(report, exitCode) {
  if (report === undefined)
    return verdict(0, 1, 'The test runner ended before it reported anything.');
  const passed = report.numPassedTests;
  const brokenFiles = report.testResults.filter(isBroken);
  const failed = report.numFailedTests + brokenFiles.length;
  if (failed > 0) return verdict(passed, failed, brokenFileReason(brokenFiles));
  if (exitCode !== 0)
    return verdict(passed, 1, 'No test failed, and yet the runner did: see its errors above.');
  if (passed === 0) return verdict(0, 0, 'No test ran.');
  return verdict(passed, 0, undefined);
}

/** A file that failed as a whole: it could not be loaded, or its set-up failed. */
function isBroken(file) {
  return (
    file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')
  );
}

function brokenFileReason(files) {
  if (files.length === 0) return undefined;
  return `Could not be run: ${files.map(({ name }) => name).join(', ')}`;
}

function verdict(passed, failed, reason) {
  return { line: `${passed} passed, ${failed} failed`, ok: failed === 0 && passed > 0, reason };
}
