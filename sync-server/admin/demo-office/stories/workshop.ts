// A body job in the workshop, from strip-down to paint: most of a job's life.

import { assign, files, fill, move, note, type Phase, reply } from '../story.ts';
import { metalBeats } from './metal.ts';
import { paintBeats } from './paint.ts';
import { partsBeats } from './parts.ts';

export const workshop: Phase = {
  stage: 'workshop',
  opening: [
    move('workshop', 'later'),
    assign('workshop', 'soon', 0.4),
    note(
      'workshop',
      'later',
      [
        'Stripped. {part} off, {part2} looks fine from inside. Starting metal tomorrow.',
        'On bay {bay}. Trim, lamp and liner out, {4-11} broken clips as always. Photos are up.',
        'Taken apart. Damage is what we wrote, for once. {hours} hours stay {hours} hours.',
        '{vehicle} is in pieces. {part} goes on the scrap pile, rest is good.',
        'Opened it up. Foam behind {part} is crushed, everything else held. Good car.',
        'Started at {clock}. Underseal is like new, somebody loved this car.',
      ],
      { topics: ['workshop'], chance: 0.95 },
    ),
    note('parts', 'soon', [
      'Ordered at {supplier}: {part}, clips, sealant. Promised for {day+2}.',
      '{part} is ordered, {supplier} has it in stock. Comes with the {day+1} van.',
      'Parts list done, {3-9} positions, {€280-990} net at {supplier}.',
      'Everything ordered but {part2}, waiting for a word whether we need it.',
    ]),
    fill('parts', 'now', ['paint-code']),
    reply(
      'later',
      [
        'your {vehicle} is in the workshop since this morning. We have taken it apart and found nothing that was not in the estimate.',
        'we have started. {part} has been removed, and the new one arrives on {day+2}.',
        'short news: the car is on bay {bay}, {workshop} himself is working on it. So far we are on time.',
        'work has begun today. If we find something that changes the price, I ask you before and not after.',
      ],
      { chance: 0.85 },
    ),
  ],
  optional: [...metalBeats, ...partsBeats, ...paintBeats],
  closing: [
    note(
      'parts',
      'day',
      [
        'Primer on, blocked, into the booth {day+1} at {clock}. Mixed {code} after the spectro, third variant.',
        '{colour}, {code}: sprayed a card first, matches the door in daylight. Booth tomorrow.',
        'In the booth. Blending into the neighbour panel, otherwise you see the edge on this {colour}.',
        'Painted at {clock}, two coats and clear. One fly, polished out tomorrow.',
        'Base and clear done. It hangs there looking better than the rest of the car.',
        'Out of the oven. No dust, no runs, I am almost suspicious.',
      ],
      { topics: ['paint'], chance: 1 },
    ),
    files('parts', 'later', ['paint', 'finished'], { chance: 0.35 }),
    note('workshop', 'day', [
      'Assembled. Everything clicks, nothing left over.',
      'Back together, lamps set, gaps checked. To the final check.',
      'Built up again. One clip missing, {supplier} brings it tomorrow, nobody will see it.',
      'Done on my side, {hours} hours in total. Somebody please wash it.',
    ]),
  ],
};
