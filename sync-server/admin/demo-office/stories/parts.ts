// What goes wrong, and right, with parts.

import { answer, beat, type Beat, dialogue, note, reply } from '../story.ts';

export const partsBeats: readonly Beat[] = [
  dialogue(
    'supply/used-part',
    'private',
    note('parts', 'later', [
      'Breaker in Esbjerg has a used {bare} in {colour}, {€110-290}, one scratch. Would save the customer a lot.',
      'There is a good used {bare} on the market, same paint code even. {€90-240} plus freight.',
    ]),
    reply('soon', [
      'we could get a used {bare}, original and in very good condition, which saves you roughly {€180-340}. Would you like that, or rather new?',
      'good chance to save money: a used original {bare} is available. We check it before we fit it and give the same warranty on the work.',
    ]),
    answer('later', [
      'used is fine, better for the planet too',
      'yes please, i did not know that exists. Same warranty is important to me',
    ]),
  ),
  dialogue(
    'supply/back-order',
    'anyone',
    note('parts', 'later', [
      '{supplier} moved {part} to {day+5}. No other dealer up here has one, I rang four.',
      '{part} is on back-order, "expected in {2-4} weeks". I have asked a breaker in Esbjerg meanwhile.',
      'Delivery of {part} slipped again, second time. Now {day+4}, they say, and I believe nothing.',
      'Central warehouse has zero of {part}. One is in Gdynia, freight {€45-120}. Shall I?',
    ]),
    note('lead', 'soon', [
      'Then we do the paint prep first and {part} last. {workshop}, possible?',
      'Used one from the breaker is fine if there is no filler in it. Photos first.',
      'I tell {calls} today. Better a bad date than none.',
      'Take it, please. Freight goes on us.',
    ]),
    reply('soon', [
      'unfortunately the manufacturer is late with {part}; we now expect it on {day+5}. Everything else goes on meanwhile, so we lose less time than it sounds.',
      'I have to be honest: {part} is not available at the moment. We are looking for a good used original and I will write on {day+1}.',
      '{part} comes later than confirmed, on {day+4} as they say now. I am sorry, we would rather have the space too.',
      'the warehouse has no {bare} left, but we found one in Gdynia and it is on its way. New day: {day+6}, the freight is on us.',
    ]),
    answer(
      'later',
      [
        '@person oh no. Well you cant do anything about it. Can I drive with it so long?',
        'That is the third workshop which tells me about back orders... well, ok.',
        'understood. Used original is fine with me if the colour is right.',
        'ok thanks for the info, please keep me posted',
        '@company we need to rent a replacement then, who pays that?',
      ],
      { chance: 0.8 },
    ),
  ),
  beat(
    'supply/price-change',
    'anyone',
    note('parts', 'later', [
      '{supplier} raised {part} by {4-11} % since the estimate. {€18-75} more, we swallow it?',
      'New price list this month, {part} is up again. I ordered with the old reference, let us see if they notice.',
    ]),
    note('other', 'soon', [
      'Swallow it. Below {€80-100} I do not write letters.',
      'On the list for the supplement. Insurers accept the price list, always.',
      'They will not notice, they never do.',
    ]),
  ),
  beat(
    'wrong-part',
    'anyone',
    note(
      'parts',
      'later',
      [
        'Unpacked {part}: it is for the facelift, holes are {4-12} mm off. Going back.',
        'They sent {part} for the right side. The slip says left. The box says left. It is right.',
        '{part} arrived with a crack, photographed before signing. Driver wanted to argue.',
        'Box from {supplier} contains a washer tank. For a different make. Beautiful.',
      ],
      { topics: ['part', 'slip'] },
    ),
    note('lead', 'soon', [
      'Costs us two days then. Ask {supplier} for the express, they pay.',
      'Third time this quarter with {supplier}. I am writing to their manager, not to the hotline.',
      'Is the one from last month still on the shelf? That was never collected.',
    ]),
    note(
      'parts',
      'day',
      [
        'Right one is here, fits. Return is labelled and in the corridor.',
        'Express came at {clock}. Correct this time, checked before the driver left.',
        'New one arrived, credit note of {€80-260} for the wrong one is promised.',
      ],
      { topics: ['label'], chance: 0.85 },
    ),
  ),
  beat(
    'parts-arrived',
    'anyone',
    note(
      'parts',
      'later',
      [
        '{part} is in, complete with clips. Shelf {bay}.',
        'Van from {supplier} came early. All {3-9} positions there, slip is scanned.',
        '{part} and {part2} arrived. Primer on them is fine, {workshop} can start.',
        'Everything here but the badge. The badge never comes with the rest.',
      ],
      { topics: ['part'], chance: 0.95 },
    ),
    note(
      'workshop',
      'soon',
      [
        'Taking it right after lunch.',
        'Seen, fits on the dry run.',
        'Good. Then I finish the metal today.',
        'Dry fit is even, gap {3-5} mm top and bottom.',
      ],
      {
        chance: 0.6,
      },
    ),
  ),
  beat(
    'small-parts',
    'anyone',
    note(
      'parts',
      'soon',
      [
        '{6-24} clips, two seals and the badge, {€24-68}. On the job.',
        'Took the last tube of sealant, new box is ordered.',
        'Film for the door sill is from our stock, cut to size.',
        'Screws for the liner only in packs of {10-50}. We now own many screws.',
      ],
      { topics: ['slip'], chance: 0.85 },
    ),
  ),
];
