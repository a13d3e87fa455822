// Colour and surface: where a body shop is judged.

import { answer, beat, type Beat, dialogue, note, reply } from '../story.ts';

export const paintBeats: readonly Beat[] = [
  beat(
    'colour-match',
    'anyone',
    note(
      'parts',
      'later',
      [
        '{code} has {3-7} variants and this car is none of them. Car has been in the sun for years. Tinting by hand, give me an hour.',
        'Spectro says variant {2-5}, my eye says {1-4}. Sprayed both on cards, we look at them outside at noon.',
        '{colour} in our light is green, outside it is not. Blending into the door, no discussion.',
        'Three cards sprayed. The middle one is it, but the flop is a touch too dark.',
        'Mixed {code} with a drop less red. Now I cannot find the edge any more, and I know where it is.',
      ],
      { topics: ['paint'] },
    ),
    note('lead', 'soon', [
      'Take the time you need. {calls} looks at that side every morning.',
      'Blend it, I put the extra hour on the estimate of {insurer} as blending.',
      'I looked at the cards too, the middle one. We agree for once.',
      'Go ahead. Then we do not have to talk about it at collection.',
    ]),
  ),
  beat(
    'colour-worry',
    'anyone',
    answer('day', [
      'will one be able to see a difference in the colour? My neighbour had his done and you can see it from across the street.',
      'The paint is {colour}, not the normal one, did you see that? I am a bit nervous.',
      'please make sure the colour fits, I had bad experiences at another place.',
    ]),
    reply(
      'later',
      [
        'I understand the worry. We measure the colour on your car, spray test cards and compare them outside before anything goes on. You are welcome to look at the cards.',
        'we will run the colour into the neighbouring panel, then there is no edge your eye could find. If you see one at collection, we do it again.',
        '{parts} has mixed {colour} for you by hand and is satisfied, which does not happen often.',
      ],
      { topics: ['paint'] },
    ),
    answer(
      'soon',
      [
        'ok that sounds good, thank you',
        'Thanks for taking the time to explain!',
        'I trust you. But I will look closely :)',
      ],
      { chance: 0.6 },
    ),
  ),
  dialogue(
    'extra-wish',
    'anyone',
    answer('day', [
      'when the car is with you anyway, could you do the small scratch on the other side too? What would that cost?',
      'could you polish the headlights as well? They are so yellow',
      'one more thing, is it possible to remove the dealer sticker on the boot?',
    ]),
    note('lead', 'soon', [
      'Extra wish, see above. {parts}, does that fit in before {day+3}?',
      'They are really yellow. {parts}, twenty minutes?',
      'What do we take for that, {€40-90}? I would do it for coffee money, honestly.',
    ]),
    note(
      'parts',
      'soon',
      [
        'Fits. {20-45} minutes with the machine.',
        'Yes, but not for free again.',
        'Can do it while the clear dries.',
      ],
      { chance: 0.8 },
    ),
    reply('soon', [
      'we are happy to do that, it comes to {€35-95} all in. Just say yes here.',
      'we do that along the way, no charge.',
      'yes, {€45-90} and no extra day.',
    ]),
    answer('later', ['ok then yes please!', 'Perfect, thank you!!', 'that is fair, please do'], {
      chance: 0.85,
    }),
  ),
];

/** What is found on fresh paint: only told once there is some. */
export const freshPaintBeats: readonly Beat[] = [
  beat(
    'dirt-in-clear',
    'anyone',
    note('parts', 'later', [
      'Dust in the clear coat, hand-wide. Sanding and once more tomorrow. My fault, the filter was due.',
      'One run at the lower edge. Gone with 2000 and polish, {15-40} minutes.',
      'Fisheyes. Somebody used silicone spray near the booth again. I want a name.',
    ]),
    note(
      'workshop',
      'soon',
      [
        'Was not me. I was at lunch.',
        'Better now than at collection.',
        'Booth is yours tomorrow at {clock}, mine can wait.',
        'The silicone was the apprentice, he knows now.',
      ],
      {
        chance: 0.75,
      },
    ),
  ),
  beat(
    'light-test',
    'anyone',
    note(
      'parts',
      'later',
      [
        'Looked at it under the daylight lamp with {workshop}, fine from every side.',
        'Measured {95-140} µm on the new surface, even all over.',
        'Polished and waxed. Leave it out of the rain until {day+1} if somehow possible.',
        'Clear coat needs another night, it is still soft at the edge. Nobody leans on it.',
      ],
      { topics: ['finished'], chance: 0.9 },
    ),
  ),
];
