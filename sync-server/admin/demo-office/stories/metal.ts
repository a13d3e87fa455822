// What happens on the ramp, and what customers ask meanwhile.

import { answer, beat, type Beat, dialogue, fill, note, reply } from '../story.ts';

export const metalBeats: readonly Beat[] = [
  dialogue(
    'hidden-damage',
    'anyone',
    note(
      'workshop',
      'later',
      [
        '{part2} is bent as well, you only see it with the trim off. {supplement} more, I am not touching it before somebody says yes.',
        'As feared: behind {part} the bracket is cracked. Needs {part2}. Makes {supplement} on top.',
        'Found old rust under the sealant, hand-sized. Must be cut out, {2-4} hours and a bit of sheet. {supplement}.',
        'Somebody repaired here before with too much filler and a prayer. Doing it properly costs {supplement} extra.',
      ],
      { topics: ['dent'], chance: 0.95 },
    ),
    reply('soon', [
      'we have taken the car apart and found that {part2} is bent too, which nobody could see from outside. That adds {supplement}. May we go ahead?',
      'behind {part} we found a cracked bracket from the same impact, so {part2} is needed as well. It would be {supplement} on top. Please give me a short yes or no.',
      'under the old sealant there is rust that should not stay there. Cutting it out and welding costs {supplement} more. Shall we?',
      'somebody repaired this spot before us, and not well. To do it properly we need {supplement} more than estimated. I would rather ask before than after.',
    ]),
    answer('later', [
      'ok, if it has to be. Please do it.',
      'hm, that was not in the plan. But yes go ahead, i want it done right',
      'Yes please go ahead, thank you for asking first.',
      'is that the final price then? If so yes.',
      'agreed. Our order number stays the same.',
    ]),
    note('lead', 'now', [
      'Yes to the {supplement}, in writing above. {workshop}, go.',
      'Approved, supplement {supplement}. Adding it to the order.',
      'Customer agrees, see above. New total {final}.',
    ]),
  ),
  beat(
    'pulling',
    'anyone',
    note(
      'workshop',
      'later',
      [
        'Pulled from the back, came out better than it looked. {hours} hours so far.',
        'Metal is straight, gap to the door {3-5} mm all along. Filling tomorrow.',
        'Welded the last spots at {clock}. Seam sealer has to dry over night, no hurry please.',
        'The swage line is back. Took me the whole morning, but you can run a finger along it.',
        'Panel is on. Drilled {18-46} spots, cursed at half of them.',
      ],
      { topics: ['workshop'], chance: 0.9 },
    ),
    note(
      'lead',
      'soon',
      [
        'Very good. I tell {calls} we are on time.',
        'Nice. Can I send that picture to the customer or is it too honest?',
        'Thanks. Booth on {day+1} then, {parts}?',
      ],
      {
        chance: 0.55,
      },
    ),
  ),
  dialogue(
    'sensor',
    'anyone',
    note(
      'workshop',
      'later',
      [
        'Parking sensor {1-6} does not answer. Cable is fine, so it is the sensor. {€70-140}.',
        'Blind-spot radar sits behind {part}, must be calibrated after paint. Put {€120-210} on the list.',
        'Fault memory read out before and after, {2-7} entries, all from us unplugging things. Cleared.',
      ],
      { topics: ['measurements'], chance: 0.8 },
    ),
    note(
      'other',
      'soon',
      [
        'Take the one from the wreck in the corner for testing, before we buy.',
        'Calibration only with the mobile man on {day+3}, ours is too old for this model.',
        'Print it for the file, somebody always asks.',
      ],
      { chance: 0.7 },
    ),
  ),
  beat(
    'progress-question',
    'anyone',
    answer('day', [
      '@person how is my car doing? :)',
      'is everything on schedule? I would need it on {day+4} for a longer trip.',
      'just asking, is there anything new? no stress',
      '@person can you send a picture from the workshop? My son wants to see it in pieces',
      'Do you think it will be ready before the weekend?',
      '@company our dispatcher asks when the vehicle can be planned again.',
    ]),
    reply(
      'soon',
      [
        'everything is on schedule. {part} is on, next comes the filler and then paint.',
        'it is going well: the metalwork is finished, and the booth is ours on {day+1}. I still expect {day+4}.',
        'good timing, I was just standing next to it. We are about halfway; it looks worse than it is at this point.',
        'yes, as things stand you can have it on {day+4} in the afternoon. I will write if that changes.',
      ],
      { topics: ['workshop'] },
    ),
    answer(
      'later',
      [
        'great to hear, thanks!',
        'Cool, thank you!',
        'Thank you for the quick answer.',
        'ok perfekt',
      ],
      { chance: 0.45 },
    ),
  ),
  dialogue(
    'forgotten-item',
    'person',
    answer('day', [
      'I think I left my sunglasses in the glove box, could you put them aside?',
      'sorry, stupid question: is there a folder with papers under the seat? I cant find it at home.',
      'my house key is on the ring with the car key!! Can I come by and get it today?',
    ]),
    note('lead', 'now', [
      'Who has the car of {calls}? Please look in the glove box and under the seats.',
      '{workshop}, something of {calls} is in the car. Please bring it to the counter.',
    ]),
    note('workshop', 'soon', [
      'Found it, and a sandwich from another age. Lies at the counter.',
      'Was in the door pocket. On your desk now.',
      'Nothing under the seat, but behind it. Brought it over.',
    ]),
    reply('now', [
      'we have found it, it is waiting for you at the counter.',
      'found and safe with me. Come by any time until half past five.',
      'it is here. If you like, we put it in an envelope in the box by the gate.',
    ]),
  ),
  dialogue(
    'shortage',
    'anyone',
    note('workshop', 'soon', [
      'Piet is ill until {day+3}, I am alone on metal. This one slips by a day at least.',
      'Spot welder is down again, technician comes {day+1}. Doing trim meanwhile.',
      'Booth filter has to be changed, half a day nothing goes through.',
      'Ramp {bay} is blocked by the fleet van. Working on the floor like in the eighties.',
    ]),
    note('lead', 'soon', [
      'Get well from all of us. I move the promise by one day before anyone asks.',
      'Okay. Telling {calls} in the afternoon, with a new day and no excuses.',
      'Then wash and trim first. New date for {calls}, I write it.',
      'The {vehicle} goes first then and the fleet van waits. Fleet does not bite. One day later all the same.',
    ]),
    fill('lead', 'now', ['promised']),
    reply('soon', [
      'I have to correct myself: one of our people is ill and your car needs a day longer. The new date is {day+4}. I am sorry.',
      'a small delay on our side, a machine is down and the technician comes tomorrow. We need until {day+4}.',
      'the paint booth gets new filters and stands still for half a day, so it will be {day+4} instead of {day+3}. Please tell me if that causes you trouble.',
      'it will be {day+4}, one day later than I said. The reason is on our side: we are short of space this week.',
    ]),
    answer(
      'later',
      [
        'ok, no problem. Health first.',
        'not ideal but thanks for telling me early',
        'Fine. Please not later than that, I drive to Denmark on the weekend.',
        'alright',
      ],
      { chance: 0.7 },
    ),
  ),
  dialogue(
    'wheel',
    'anyone',
    note('workshop', 'later', [
      'Checked the geometry, rear left is off by {2-9} minutes. Was it before? Nobody knows. Setting it.',
      'Rim has a hairline crack. Not from us, but I will not put it back on silently.',
      'Tyres are from 2017 and hard as liquorice. Somebody should say it to {calls}, friendly.',
    ]),
    reply('soon', [
      'while measuring we found that the rear axle is slightly out. We set it, you do not pay for it.',
      'the workshop noticed a fine crack in one rim. It is not dangerous today, but please do not drive long at high speed with it. Shall we ask for the price of a new one?',
      'one friendly hint, which has nothing to do with our repair: your tyres are from 2017 and no longer grip well on wet roads. You need not do anything now.',
    ]),
    answer(
      'later',
      [
        'thank you for being honest, that is kind.',
        'oh. Yes please ask, then I decide.',
        'good to know, could you make me an offer for four?',
      ],
      { chance: 0.65 },
    ),
  ),
  beat(
    'time-sheet',
    'anyone',
    note(
      'workshop',
      'later',
      [
        '{hours} hours on it until now, planned were {3-9}.5. The rest is assembly.',
        'Time so far: metal {hours}, paint prep {1-3}, talking to experts {1-2}.',
        'Half a day over the estimate. Write it off or bill it, but decide before the invoice.',
      ],
      { topics: ['hours'], chance: 0.9 },
    ),
    note(
      'other',
      'soon',
      [
        'Bill half of it, the other half was our own slowness.',
        'Write it off. {calls} waits long enough.',
        'Put it on the sheet, then {insurer} can decide.',
      ],
      { chance: 0.6 },
    ),
  ),
  beat(
    'quiet-checks',
    'anyone',
    note('workshop', 'soon', [
      'Battery was flat from standing, on the charger over night.',
      'Moved it to bay {bay}, key in the board, hook {2-30}.',
      'Doors off, numbered, on rack {bay}. Bolts in the bag with the plate on it.',
      'Washed underneath before we weld. Half the beach came out.',
    ]),
  ),
  beat(
    'radio',
    'anyone',
    note('other', 'soon', [
      '{calls} just rang, nothing urgent, only wanted to hear a voice. Told what is written here.',
      'Call from {calls}: may the car stay until {day+6}, they are away. Yes, but not in the booth row.',
      'Somebody from {supplier} asked for this job, no idea why. Called back, was the wrong number.',
      '{calls} came by to look. Stood next to the car for ten minutes and left happy.',
    ]),
  ),
];
