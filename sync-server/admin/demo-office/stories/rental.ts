// Rental cars that come back damaged: two internal stages first, and a pipeline in which customers cannot write.

import { assign, beat, dialogue, files, fill, move, note, type Phase, reply } from '../story.ts';

const returned: Phase = {
  stage: 'returned',
  opening: [
    fill('lead', 'soon', ['agreement', 'return-km', 'fuel', 'returned-on']),
    note(
      'lead',
      'now',
      [
        '{vehicle} {plate} came back at {clock}, key drop. {damage}, not in the handover sheet.',
        'Return of the {vehicle}. {cause} Renter says it was like that. The sheet says it was not.',
        '{plate} is back a day late, {damage}. {customer} wants a report by {day+3}.',
        'Picked up the {vehicle} at the ferry terminal. {cause} Driver had signed for a clean car.',
        'Back with {km} km. {damage}. Renter told the counter right away, that is rare enough to write down.',
      ],
      { topics: ['odometer'] },
    ),
  ],
  optional: [
    beat(
      'lost-property',
      'anyone',
      note(
        'other',
        'soon',
        [
          'Found in the boot: one rubber boot, left. Box 3.',
          'Sunglasses and a phone charger under the seat, {customer} is told.',
          'Dog hair everywhere. Interior cleaning on the bill, {€80-140}.',
        ],
        { topics: ['interior'] },
      ),
    ),
    beat(
      'late-key',
      'anyone',
      note('lead', 'later', [
        'Second key is missing. {customer} asks the renter.',
        'No logbook with it. Rang {customer}, comes by post.',
      ]),
    ),
  ],
  closing: [],
};

const inspection: Phase = {
  stage: 'inspection',
  opening: [
    move('inspection', 'later'),
    note(
      'workshop',
      'later',
      [
        'Inspected on the ramp: {damage}, {part} needs replacing. Underside is fine.',
        '{damage} as reported. Also a fresh scrape below, {8-30} cm. Both measured and photographed with the ruler.',
        'Went round with the gauge. {part} was painted before, under their ownership. Put it in the report or it comes back to us.',
        'Only {damage}. The rest is normal wear for {km} km, I will not count stone chips.',
        'Rim front right has kerb marks all round, tyre wall is cut. Not drivable to the next renter.',
      ],
      { topics: ['scratch', 'measurements'] },
    ),
    fill('workshop', 'soon', ['findings', 'clean']),
    files('workshop', 'soon', ['dent', 'scratch'], { chance: 0.7 }),
    note(
      'lead',
      'later',
      [
        'Estimate {amount}, loss of use {2-5} days. Report goes out today.',
        'Wrote it at {amount}. Below their limit, so no expert needed.',
        '{amount} with {part} new. {customer} usually takes the cheaper repair, offering both.',
      ],
      { topics: ['estimate'] },
    ),
  ],
  optional: [
    dialogue(
      'renter-dispute',
      'anyone',
      note('lead', 'day', [
        'Renter disputes it and has a video from the pick-up. You see the front only, the damage is at the back.',
        'Renter’s lawyer wrote. Passing on to {customer}, we only report what we saw.',
        'Renter says a van touched it at the terminal. Asked the harbour for the camera, they keep it {3-7} days.',
      ]),
      note('other', 'soon', [
        'Do not take sides in writing, please. Facts, measurements, photos.',
        'Compare the wheel position in the pictures, then you know the hour.',
        'Wait for {customer}, they have people for that.',
      ]),
      note('lead', 'days', [
        '{customer} showed the handover sheet, and that was that. We go on as reported.',
        'Lawyer withdrew, the photos were clear enough. We go on.',
        'Camera shows the van. Somebody else pays now, same damage.',
      ]),
    ),
    beat(
      'wear-or-damage',
      'anyone',
      note('workshop', 'soon', [
        'Is the scuff on the sill wear or damage? By their catalogue below {2-5} cm is wear.',
        'Seat bolster is worn through at {km} km. Wear, I would say.',
      ]),
      note('lead', 'soon', [
        'Wear. We do not earn our money with sills.',
        'By the catalogue it is damage, so it goes in. Not my catalogue.',
      ]),
    ),
    beat(
      'swap',
      'anyone',
      note(
        'parts',
        'later',
        [
          '{part} from {supplier}, {day+2}, {€140-420} net.',
          'Wheel comes as a set only. Took one from our stock, {€95-150}.',
          '{part} is in stock from the last {vehicle}, same colour. Lucky.',
        ],
        { topics: ['part'] },
      ),
    ),
  ],
  closing: [],
};

const report: Phase = {
  stage: 'report',
  opening: [
    move('report', 'soon'),
    reply(
      'now',
      [
        'the damage report for {plate} is attached: {damage}, estimated at {amount}. The vehicle stands here, please tell us how you decide.',
        'here is our report for {plate}, with photos and measurements. We could start on {day+2} and need {2-4} days.',
        'please find the report attached. {part} has to be replaced; repair would be possible but not lasting.',
        'report and estimate over {amount} are attached. Two older scratches are listed separately and not counted.',
      ],
      { topics: ['return-report', 'scratch'] },
    ),
    assign('other', 'soon', 0.3),
  ],
  optional: [
    beat(
      'reminder-approval',
      'company',
      note('lead', 'days', [
        'No answer from {customer}. Somebody there is on holiday and somebody else does not know.',
        'Third day without decision, {plate} blocks bay {bay}.',
      ]),
      reply('soon', [
        'a short reminder: {plate} is still waiting for your approval. From {day+3} on we would have to charge for the space, which we would rather not.',
        'may we ask for your decision on {plate}? The workshop slot on {day+2} is still free.',
      ]),
    ),
    beat(
      'price-talk',
      'company',
      note('lead', 'later', [
        '{customer} wants ten percent because of volume. They had {9-24} cars this year, that is not volume.',
        'Purchasing at {customer} asks for a comparison offer. Sent the same offer again with a friendly line.',
      ]),
      note('other', 'soon', [
        'Three percent and not more. Say it comes from me.',
        'Offer them the pick-up for free instead, costs us little.',
      ]),
    ),
  ],
  closing: [
    note('lead', 'days', [
      '{customer} approved by phone, order number follows by mail. As always.',
      'Order is here, number on file. {workshop}, from {day+1} please.',
      'They take the repair, not the new part. Fine, {hours} hours.',
      'Approved at {amount}. They want the car on {day+4}, sharp.',
    ]),
  ],
};

const repair: Phase = {
  stage: 'repair',
  opening: [
    move('repair', 'day', 'workshop'),
    note(
      'workshop',
      'later',
      [
        'On bay {bay}. {part} is off, done by {day+1}.',
        'Simple one, {hours} hours. Apprentice does it, I look.',
        'Started. Bracket behind {part} is bent a little, straightened it, not worth a line on the bill.',
        'Sanded and primed, booth tomorrow {clock}.',
      ],
      { topics: ['workshop'], chance: 0.9 },
    ),
    note(
      'parts',
      'day',
      [
        'Painted {code}, easy colour. Dry by noon.',
        'Spot repair with {code}, blended out below the moulding.',
        'Rental white. I could mix {code} in my sleep by now.',
        '{code} again, third this month for {customer}.',
      ],
      { topics: ['paint'], chance: 0.9 },
    ),
  ],
  optional: [
    beat(
      'fleet-question',
      'company',
      reply('later', [
        'the repair of {plate} is on schedule, the vehicle can be planned again from {day+2}.',
        'a short status on {plate}: painted, assembly tomorrow, ready on {day+2}.',
      ]),
    ),
    dialogue(
      'second-finding',
      'anyone',
      note('workshop', 'later', [
        'While at it: brake pads rear are at {2-3} mm. Their business, but a renter will drive it.',
        'Service is overdue by {900-3200} km according to the display.',
      ]),
      reply('soon', [
        'while repairing {plate} we noticed that the rear brake pads should be replaced within the next weeks. Shall we do it at the same time for {€140-210}?',
        'one hint on {plate}: the service is overdue. We have not done anything, only wanted you to know.',
      ]),
      note('lead', 'day', [
        'Yes to the pads, by mail. {workshop}, please.',
        'They do the service themselves. Noted in the file that we told them.',
      ]),
    ),
  ],
  closing: [
    note(
      'other',
      'day',
      [
        'Checked, washed, tank as it came. Ready for pick-up.',
        'Final check fine, photos for the file taken. {customer} sends a driver at {clock}.',
        'Clean inside and out, ready. Key in the fleet box.',
      ],
      { topics: ['finished'] },
    ),
  ],
};

const closed: Phase = {
  stage: 'closed',
  opening: [
    move('closed', 'later'),
    reply(
      'now',
      [
        '{plate} is ready and can go back into rental. Invoice {final} is attached, photos of the finished repair as well.',
        'the repair of {plate} is complete. The vehicle is parked in row {bay}, the key is in the fleet box.',
        'finished: {plate}, {final} as ordered. Thank you for the assignment.',
      ],
      { topics: ['invoice'] },
    ),
    note('lead', 'days', [
      'Paid with the monthly run.',
      'Collected {clock} by their driver. Invoice is in the collective bill.',
      'Picked up. {customer} pays in {30-45} days, as if by law.',
      'Gone. Two more of theirs arrive {day+2}.',
    ]),
  ],
  optional: [],
  closing: [],
};

export const rentalPhases: readonly Phase[] = [returned, inspection, report, repair, closed];
