import { type Browser, chromium } from 'playwright';

/** The browser of scripts/test.mjs, or Debian's where vitest runs by itself. */
export function openBrowser(): Promise<Browser> {
  // Chromium refuses its sandbox to root, which is who runs tests in a container.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath: process.env.DOCKET_CHROMIUM ?? '/usr/bin/chromium',
    args,
  });
}
