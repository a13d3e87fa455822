// The design page: the whole renderer over the fake bridge. `vite --config test/support/vite.fake.config.ts`

import { startRenderer } from '../../renderer/start-renderer.tsx';
import { type FakeBridge, fakeBridge } from './fake-bridge.ts';
import { fakeOffice } from './fake-office.ts';

declare global {
  interface Window {
    fake: FakeBridge;
  }
}

const jobCount = Number(new URLSearchParams(window.location.search).get('jobs') ?? 42);
window.fake = fakeBridge(fakeOffice(jobCount));
startRenderer(window.fake);
