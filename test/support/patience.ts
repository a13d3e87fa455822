// Loaded before every suite: several share two cores, so what is waited for gets ten seconds, not the library's one, unless a
// test says otherwise. Waiting ends as soon as it may, so this costs nothing where all is well.

import { vi } from 'vitest';

const PATIENCE_MS = 10_000;
const { waitFor, waitUntil } = vi;

vi.waitFor = (callback, options = PATIENCE_MS) => waitFor(callback, options);
vi.waitUntil = (callback, options = PATIENCE_MS) => waitUntil(callback, options);
