// The whole renderer in jsdom, over the fake bridge, with drafts in a database of its own.

import 'fake-indexeddb/auto';
import { cleanup, configure, render, screen } from '@testing-library/react';
import { VirtuosoMockContext } from 'react-virtuoso';
import { afterEach } from 'vitest';
import { Router } from 'wouter';
import { App } from '../../renderer/app.tsx';
import { type Drafts, openDrafts } from '../../renderer/drafts/drafts.ts';
import { DraftsProvider } from '../../renderer/drafts/use-drafts.tsx';
import { useHashPath } from '../../renderer/hash-address.ts';
import { TooltipProvider } from '../../renderer/ui/tooltip.tsx';
import { BridgeProvider } from '../../renderer/use-bridge.tsx';
import { type FakeBridge, fakeBridge } from './fake-bridge.ts';
import { fakeOffice } from './fake-office.ts';

installMissingParts();
// Several suites share two cores.
configure({ asyncUtilTimeout: 8_000 });
afterEach(() => {
  cleanup();
  window.sessionStorage.clear();
});

let databases = 0;

export interface RenderedDesk {
  readonly bridge: FakeBridge;
  readonly drafts: Drafts;
  /** The window is closed and opened again: only what is on the disk is still there. */
  reload(): void;
}

/** @param address what stands behind the #, as in "/jobs/ID?kind=reply" */
export function renderDesk(
  address: string | ((bridge: FakeBridge) => string),
  bridge: FakeBridge = fakeBridge(fakeOffice(12)),
): RenderedDesk {
  databases += 1;
  const name = `drafts ${databases}`;
  window.location.hash = typeof address === 'string' ? address : address(bridge);
  const drafts = openDrafts(name);
  const show = () => {
    render(
      <BridgeProvider bridge={bridge}>
        <DraftsProvider drafts={openDrafts(name)}>
          <Router hook={useHashPath}>
            <TooltipProvider>
              <VirtuosoMockContext value={{ viewportHeight: 1600, itemHeight: 80 }}>
                <App />
              </VirtuosoMockContext>
            </TooltipProvider>
          </Router>
        </DraftsProvider>
      </BridgeProvider>,
    );
  };
  show();
  return {
    bridge,
    drafts,
    reload() {
      cleanup();
      show();
    },
  };
}

/** The address of the fake office's n-th job. */
export const jobAddress =
  (index: number, rest = '') =>
  ({ world }: FakeBridge): string =>
    `/jobs/${world.office.jobs[index]!.id}${rest}`;

export const textBox = () => screen.findByRole('textbox', { name: /^(Note|Reply to)/ });

/** What jsdom does not have and Radix, Virtuoso or the theme ask for. */
function installMissingParts() {
  const observer = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Object.assign(window, {
    ResizeObserver: observer,
    IntersectionObserver: observer,
    matchMedia: () => ({
      matches: false,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }),
  });
  Object.assign(window.HTMLElement.prototype, {
    scrollIntoView: () => undefined,
    scrollTo: () => undefined,
    hasPointerCapture: () => false,
    releasePointerCapture: () => undefined,
  });
  document.hasFocus = () => true;
}
