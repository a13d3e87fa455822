import type { Beat } from '../story.ts';
import { camperDamage } from './camper-damage.ts';
import { camperRebuild } from './camper-rebuild.ts';

export const camperBeats: readonly Beat[] = [...camperDamage, ...camperRebuild];
