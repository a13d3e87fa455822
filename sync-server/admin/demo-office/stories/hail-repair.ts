// A hail claim from the insurer's yes to the settlement.

import { answer, beat, dialogue, move, note, type Phase, reply } from '../story.ts';

export const approved: Phase = {
  stage: 'approved',
  opening: [
    move('approved', 'now'),
    reply('soon', [
      '{insurer} has approved the repair. Your slot is {day+5} from {clock}, it takes three days. Your excess is {excess}.',
      'good news, the claim is accepted with {amount}. Could you bring the car on {day+6} at {clock}?',
      'everything is approved. We suggest {day+5}; there is a small car for you during that time if you want one.',
      'the insurer agrees. We repair from {day+6} on, please empty the parcel shelf and the roof box before.',
    ]),
    answer(
      'later',
      [
        'great, that is fine!',
        'that fits, and yes please for the small car',
        'Ok super. I empty it the evening before',
        'thank you, we bring it. Please call if it gets earlier',
        '@person perfect timing, I am on holiday then',
      ],
      { chance: 0.85 },
    ),
    note(
      'parts',
      'later',
      [
        '{part} ordered at {supplier}, {day+3}.',
        'Ordered {part} and a set of roof strips, they never survive.',
        'Strips and {part} are in stock, no waiting.',
      ],
      { chance: 0.8 },
    ),
  ],
  optional: [
    dialogue(
      'reschedule',
      'anyone',
      answer('day', [
        'something came up, can we do it a week later?',
        '@person I have to go to hospital for a small thing, is {day+8} possible too?',
      ]),
      reply('soon', [
        'no problem, we move you to {day+8}. Get well or enjoy, whichever fits.',
        'of course, {day+8} at {clock} then. The approval stays valid for three months.',
      ]),
    ),
    beat(
      'dent-men',
      'anyone',
      note('workshop', 'soon', [
        'Verona team is complete, lamps are set up in the wash hall. They want espresso, not filter.',
        'Only one dent man this week, the other has flu. {day+5} moves to {day+6}, maybe.',
      ]),
    ),
  ],
  closing: [],
};

export const repair: Phase = {
  stage: 'repair',
  opening: [
    move('repair', 'week', 'workshop'),
    note(
      'workshop',
      'later',
      [
        'Headliner out, roof first. {30-80} of {dents} done by lunch.',
        'Started with the bonnet. Soft steel, goes quickly. Roof tomorrow.',
        'On the lamps since {clock}. Boot lid is finished, doors next.',
        'Glue pulling on the roof rail, no access from inside. Slow, but it works.',
      ],
      { topics: ['workshop'], chance: 0.9 },
    ),
    reply(
      'day',
      [
        'your car is under the lamps. The roof is finished and one sees nothing any more, not even we do.',
        'we are about halfway. {part} has arrived and goes on tomorrow.',
        'short news: it goes well, collection on {day+2} stays as it is.',
      ],
      { chance: 0.85 },
    ),
  ],
  optional: [
    dialogue(
      'stubborn',
      'anyone',
      note('workshop', 'later', [
        'Three dents at the edge of the roof do not come. Paint or leave them? They are the size of a lentil.',
        'One dent cracked the clear while pulling. Needs a spot repair, tell the customer before.',
      ]),
      reply('soon', [
        'two tiny dents on an edge cannot be removed without paint. We can leave them or paint the strip, at no cost to you either way. Which do you prefer?',
        'one spot needs a touch of paint after all. It adds one day and no cost.',
      ]),
      answer('later', ['leave them please, less paint is better i think', 'ok, one day is fine']),
    ),
    beat(
      'headliner',
      'anyone',
      note(
        'workshop',
        'soon',
        [
          'Headliner has an old stain, we did not do that. Photo taken.',
          'Two clips of the headliner broke, new ones from {supplier} tomorrow.',
        ],
        { topics: ['interior'], chance: 0.9 },
      ),
    ),
    dialogue(
      'hail-question',
      'anyone',
      answer('day', [
        'is everything going as planned?',
        'does one see anything of the dents afterwards?',
      ]),
      reply('soon', [
        'yes, you can have it on {day+1} from three in the afternoon.',
        'no. We check under the same lamps that found the dents, every panel, before you get it back.',
      ]),
    ),
  ],
  closing: [
    note(
      'other',
      'day',
      [
        'Checked under the strip light with {workshop}: zero. Washed, ready.',
        'All {dents} gone, one I had to be shown where it was. Headliner is back, clean.',
        'Final look done. {part} has even gaps. Invoice {final}.',
      ],
      { topics: ['finished', 'invoice'] },
    ),
    reply(
      'soon',
      [
        'your {vehicle} is finished. You can collect it until half past five; the excess is {excess}, everything else goes directly to {insurer}.',
        'ready for collection, and smooth as on the first day. Please bring {excess} for the excess, card is fine.',
        'we are done with all {dents} dents. Have a look in the evening sun, that is the hardest test there is.',
      ],
      { topics: ['finished'] },
    ),
    answer(
      'later',
      [
        'fantastic, I come at 4.',
        'Thank you, we collect it tomorrow.',
        'great, see you later today',
      ],
      { chance: 0.75 },
    ),
  ],
};

export const settled: Phase = {
  stage: 'settled',
  opening: [
    move('settled', 'day'),
    note(
      'lead',
      'days',
      [
        '{insurer} paid {final} less {excess}. Complete.',
        'Collected and settled, excess by card. Money from {insurer} came after {8-19} days.',
        'All paid. Note for next year: second set of lamps would have saved us a week.',
      ],
      { topics: ['letter'], chance: 1 },
    ),
  ],
  optional: [
    beat(
      'hail-thanks',
      'anyone',
      answer('days', [
        'really great work, you see nothing any more. Thank you!',
        'I was sceptical but wow. Many thanks to the italian gentlemen.',
        'Thank you for doing all the paper with the insurance.',
      ]),
      reply('later', [
        'thank you, I translate that for them. They will want to frame it.',
        'it was a pleasure. Park it under a roof when the sky turns green.',
      ]),
    ),
    beat(
      'missed-dent',
      'anyone',
      answer('days', [
        'I found one more dent on the left rear door, maybe it was forgotten?',
        'there is still one on the roof edge, about 5 mm. Can you do it when I am in the area?',
      ]),
      reply('soon', [
        'of course, come by whenever it suits you, that takes a quarter of an hour.',
        'then we missed one and are sorry. {day+2} at {clock}? You can wait for it.',
      ]),
      note('workshop', 'days', [
        'Missed dent is out, twelve minutes. No charge.',
        'Was really one of ours. Done.',
      ]),
    ),
  ],
  closing: [],
};
