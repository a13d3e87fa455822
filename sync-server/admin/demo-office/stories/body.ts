import type { Phase } from '../story.ts';
import { booking } from './booking.ts';
import { enquiry } from './enquiry.ts';
import { afterwards, collection, finalCheck } from './handover.ts';
import { insurer } from './insurer.ts';
import { workshop } from './workshop.ts';

/** A job in body and paint, stage by stage; `insurer` is left out where the customer pays. */
export const bodyPhases: readonly Phase[] = [
  enquiry,
  booking,
  insurer,
  workshop,
  finalCheck,
  collection,
  afterwards,
];
