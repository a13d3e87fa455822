// A body job before it is booked: the stage is internal, so the team talks among itself.

import { assign, beat, fill, note, type Phase } from '../story.ts';

export const enquiry: Phase = {
  stage: 'enquiry',
  opening: [
    note('lead', 'now', [
      '{calls} rang about the {vehicle} ({plate}): {damage}. {cause} Wants to know roughly what it costs before booking.',
      'Walk-in, {calls} with the {vehicle}, {plate}. {cause} Damage is {damage}. I said around {amount} without having it on the ramp, so do not hold me to that.',
      '{vehicle}, {plate}: {damage}. {cause} Came through the contact form last night, called back this morning.',
      '{calls} was here at the counter, {vehicle}. {cause} Looked at {damage} in the yard for ten minutes; nothing structural as far as one can see from outside.',
      'New one. {calls}, {vehicle}, {damage}. {cause} Sounded tired of telling the story, so let us not ask a third time.',
      'Phone: {calls}. {cause} It is {damage} on a {vehicle}. I promised a first number by {day+2}.',
      '{damage}, {vehicle} ({plate}). {cause} {calls} had a quote from Autohaus Süd already and thinks it is too high. It is not, but we will see.',
      'Recommended to us by the harbour office, {calls}. {vehicle}, {damage}. {cause}',
    ]),
    fill('lead', 'soon', ['paid-by', 'damage', 'mileage']),
    note(
      'workshop',
      'later',
      [
        'Had a look in the yard. No surprises, but I want the trim off before anyone writes a number. {part} will not survive, count it in.',
        'Looked at it with a torch. {hours} hours metal, {2-5} hours paint, and {part} new. Clips too, they always break on these.',
        'Seen it. Pullable, I think. If the edge has cracked we talk about {part} again.',
        'Nothing behind it is bent, gaps are even. Put {hours} hours in the estimate and {part}.',
        'It is worse than on the phone. {part} and probably {part2}. Tell {calls} now and not on collection day.',
        'Fine to drive meanwhile. Water gets in behind {part}, so not for months.',
        'Measured it: the filler somebody put there before us is {3-9} mm thick. That has to come out, one hour more.',
      ],
      { topics: ['dent'], chance: 0.85 },
    ),
  ],
  optional: [
    beat(
      'second-opinion',
      'anyone',
      note('lead', 'later', [
        '{workshop}, can we save {part} or is that wishful thinking? {calls} asks for the cheaper way.',
        'Is repairing {part} an honest option here? Difference is about {€180-520} and {calls} asked twice.',
        '{calls} would rather have {part} repaired than new. I said I ask first.',
      ]),
      note('workshop', 'later', [
        'Repair holds two winters, new holds. I would not put our name under the repair.',
        'Can be saved. {2-4} hours more of mine against a new one, so it comes to the same. Original part stays on the car, that is worth something.',
        'No. It is creased across the swage line, you would see it from the ferry.',
        'Try repair, and if it does not sit by noon I order new. Say it like that to {calls}.',
      ]),
    ),
    beat(
      'old-damage',
      'anyone',
      note('lead', 'later', [
        'There is an older scrape below, with rust, that has nothing to do with this. Photographed it so that nobody argues later.',
        'Careful: the stone chips on the bonnet are old. Not ours, not part of this claim.',
        'Someone sprayed this car before. Measured {180-420} µm on the door, factory is about 110. Noted on the intake sheet.',
      ]),
    ),
    beat(
      'capacity',
      'anyone',
      note('other', 'soon', [
        'Week after next is full unless we push the {supplier} van. Do not promise {day+4}.',
        'Bay {bay} is free from {day+3}, booth is not. Book it around that.',
        'I would take it, but only if Selin has the booth on {day+5}. Ask before you confirm.',
        'We have {2-4} cars waiting for the booth already. Fine by me, just say two weeks and not one.',
      ]),
    ),
    beat(
      'regular',
      'anyone',
      note('other', 'soon', [
        'I know {calls}: pays on the day, does not haggle, but wants to be called before anything costs more.',
        'Had {calls} here two years ago with the mirror. Friendly, brings cake. Look after this one.',
        'Careful with promises here, {calls} writes everything down.',
        '{calls} only reads messages in the evening, do not wait by the phone.',
      ]),
    ),
  ],
  closing: [
    note(
      'lead',
      'later',
      [
        'Number for now: {amount} with {part} new, everything in. Told {calls} by phone, wants to go ahead.',
        'Estimate is {amount}. {calls} said yes before I had finished the sentence.',
        '{amount}, of which paint is about a third. {calls} is thinking about it until {day+1}.',
        'Worked it out at {amount}, {hours} hours labour. {calls} agrees, booking it in.',
        'Gave {calls} {amount} as the upper end. Said yes, would like it done before the holidays.',
        '{calls} takes the {amount}. Was relieved, the other shop had said {€3200-4800}.',
      ],
      { topics: ['estimate'], chance: 0.9 },
    ),
    assign('other', 'soon', 0.15),
  ],
};
