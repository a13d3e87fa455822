import type { Phase } from '../story.ts';
import { reported, review, scanned } from './hail-claim.ts';
import { approved, repair, settled } from './hail-repair.ts';

/** A hail claim, stage by stage. Every customer of these has an insurer. */
export const hailPhases: readonly Phase[] = [reported, scanned, review, approved, repair, settled];
