// A hail claim from the report to the insurer's decision.

import { answer, assign, beat, dialogue, fill, move, note, type Phase, reply } from '../story.ts';

export const reported: Phase = {
  stage: 'reported',
  opening: [
    fill('lead', 'soon', ['policy', 'storm-date']),
    note(
      'lead',
      'soon',
      [
        '{calls}, {vehicle} ({plate}). {cause} {damage}. Scanner slot {day+2}, {clock}.',
        'Hail report number {14-61} since the storm. {calls}, {vehicle}. {cause} Booked for the scanner.',
        '{vehicle}, {plate}. {cause} Seen from the counter: {damage}. Could be paintless.',
        '{calls} sent us straight over by {insurer}. {vehicle}, {damage}. Scanner {day+3}.',
        'Looked at the {vehicle} under the lamps in the entrance, {damage}. At least {40-90} without counting.',
      ],
      { topics: ['hail'] },
    ),
    reply('later', [
      'we have put you down for the hail scanner on {day+2} at {clock}. It takes twenty minutes and counts every dent, so nobody has to argue afterwards.',
      'please bring the car washed and dry on {day+3} at {clock}, then the scanner sees best. The policy number is enough, we do the rest.',
      'your report has arrived. Next step is the light tunnel on {day+2}, {clock}; you can wait or go for a walk along the quay.',
      'thank you for the policy number. The scan is on {day+3} at {clock}. Until then you may drive as usual, dents do not run away.',
    ]),
    answer(
      'later',
      [
        '@person ok I will be there. Does it cost something?',
        '@company we send a driver with it. Does the scan cost anything?',
        '@person thanks, that is good. The car lives outside, there may be leaves on it.',
        'Fine. Is it bad if there was allready a dent in the door before?',
        '@person good, thank you. It was really loud that evening, we thought the windows would break.',
        '@person works for me, I come directly from the early shift.',
      ],
      { chance: 0.8 },
    ),
  ],
  optional: [
    dialogue(
      'old-dents',
      'anyone',
      note('other', 'later', [
        'The dent in the rear door is not hail, that is a bicycle. Mark it before the scan.',
        'Careful, roof was repaired after the storm two years ago, you see it in the light. {insurer} will ask.',
      ]),
      reply('soon', [
        'one dent in the door does not come from hail. We leave it out of the claim, but can remove it for {€60-110} while we are at it.',
        'the older dents do not count towards this claim. I have noted them so that there is no misunderstanding later.',
      ]),
    ),
    beat(
      'queue',
      'anyone',
      note('other', 'soon', [
        'Scanner is booked until {day+4}, {6-14} cars a day. No more promises for this week.',
        'Two dent men from Verona arrive {day+3}, they sleep at Pension Anker. Then it goes faster.',
        'Yard is full of dented cars. Park the new ones behind the paint hall, keys with plate.',
      ]),
    ),
    dialogue(
      'when-question',
      'anyone',
      answer('day', [
        'how long does such a hail repair take in total? I need the car for work.',
        'my neighbour is also with you and got his date earlier, did I forget something?',
        'Do I have to tell the insurance or do you do it?',
      ]),
      reply('later', [
        'from the scan to collection about three weeks at the moment, of which the car is here for three days only. We report it to {insurer} for you.',
        'you have forgotten nothing, we go by the date of the report. You are number {4-17} on the list and it moves quickly.',
        'we do that for you. {insurer} will send you a confirmation in a few days, please keep it.',
      ]),
    ),
  ],
  closing: [],
};

export const scanned: Phase = {
  stage: 'scanned',
  opening: [
    move('scanned', 'days'),
    fill('other', 'now', ['dents', 'method', 'sunroof']),
    note(
      'other',
      'soon',
      [
        'Scan: {dents} dents, bonnet and roof worst, biggest {18-34} mm. Paint is intact everywhere.',
        '{dents} dents over nine panels. Roof frame gets no tool in from inside, headliner has to come out.',
        'Counted {dents}. Two on the edge of {part} will not come out without paint, the rest is paintless.',
        'Scanner says {dents}, I would have said more. {part} must be replaced, aluminium is stretched.',
      ],
      { topics: ['hail', 'measurements'] },
    ),
    reply(
      'later',
      [
        'the scan found {dents} dents. Almost all of them come out without paint, which is the best news one can have after hail.',
        'your scan is done: {dents} dents. We write the estimate today and send it to {insurer}.',
        '{dents} dents were counted, a picture of the scan is attached. {part} will probably be replaced, the rest is pushed out from inside.',
      ],
      { topics: ['hail'] },
    ),
    answer(
      'later',
      [
        '{dents}?! I saw maybe ten.',
        'ok wow. Thank you for the picture.',
        'Good that it goes without paint. Thanks',
        'incredible. What happens next?',
      ],
      { chance: 0.75 },
    ),
  ],
  optional: [
    beat(
      'cash',
      'anyone',
      answer('day', [
        'could I also take the money from the insurance and not repair it? It is an old car.',
        '@person My brother in law says you can get it paid out. Is that true?',
      ]),
      note('lead', 'soon', [
        'Wants the payout perhaps. Fine by us, then we bill the estimate, {€90-140}.',
        'Payout question. Honest answer please, even if we lose the job.',
      ]),
      reply('soon', [
        'yes, you can have it paid out, then without the tax and usually with a deduction. With {amount} and {dents} dents I would repair, but it is your decision.',
        'that is possible. {insurer} then pays the net amount, and a next hail storm will not be covered for the same panels. Think it over calmly.',
      ]),
      answer('day', [
        'ok then please repair it.',
        'I have thought about it, we repair.',
        'thanks for the honest answer, then repair please',
      ]),
    ),
    dialogue(
      'glass',
      'anyone',
      note(
        'other',
        'later',
        [
          'Windscreen has a star, lower right, {3-9} cm crack from it already. Add it to the claim.',
          'Rear lamp is cracked too, seen only now. {€140-260}.',
        ],
        { topics: ['glass'] },
      ),
      reply('soon', [
        'we found a crack in the windscreen as well. It belongs to the same claim, we simply add it.',
        'one lamp has a crack that was hard to see. It goes into the same claim and costs you nothing extra.',
      ]),
    ),
  ],
  closing: [
    note(
      'lead',
      'day',
      [
        'Estimate {amount}, {hours} hours paintless at the table rate, {part} new.',
        '{amount}. Took the {insurer} dent table, they like their own table.',
        'Calculated {amount}, without headliner damage. Goes out today.',
      ],
      { topics: ['estimate'] },
    ),
  ],
};

export const review: Phase = {
  stage: 'review',
  opening: [
    move('review', 'soon'),
    note('lead', 'now', [
      'To {insurer}, claim {claim}, {adjuster}. Scan file is {11-38} MB, sent by their upload.',
      'Claim {claim}. {insurer} has {30-90} hail files on the desk, this takes a while.',
      'Submitted. {adjuster} promised {day+5}, wrote it down with date.',
    ]),
    assign('other', 'soon', 0.3),
    note('lead', 'days', [
      '{insurer} wants to send a hail expert for all cars on one day, {day+4}. Fine, coffee for {6-20}.',
      'Asked at {insurer}. {adjuster} has the file open "right now". Since Monday.',
      '{adjuster} doubts {dents} dents. Sent the scan again with the grid, each dent numbered.',
      'They offer a flat {€1200-2100} without repair. {calls} has the same letter surely. Not recommending it.',
    ]),
  ],
  optional: [
    beat(
      'hail-expert',
      'insurer',
      note(
        'other',
        'days',
        [
          'Expert of {insurer} went through {9-22} cars in a day. Ours: agrees with the scan, minus two dents he calls old.',
          'Expert was here, fair one. {part} accepted as new, headliner accepted.',
        ],
        { topics: ['hail-report'] },
      ),
      fill('other', 'now', ['remarks']),
      note('lead', 'soon', [
        'Two dents fewer, {€70-120}. Not worth a letter.',
        'Good. Then the release is only paper.',
        'Wrote thank you to {adjuster}, that should be said too when it works.',
      ]),
    ),
    beat(
      'hail-cut',
      'insurer',
      note('lead', 'days', [
        '{insurer} pays only {€70-85} per hour paintless. The Italians take more. Appeal is out.',
        'They want us to press {part} instead of replacing it. Let them try, I wrote, more politely.',
      ]),
      note('other', 'soon', [
        'With the storm they have no choice, nobody else has a slot for weeks.',
        'Stay firm, last year it took one phone call.',
      ]),
      note(
        'lead',
        'days',
        [
          'Accepted. It took one phone call.',
          'Met in the middle, {€110-220} less. I can live with it.',
        ],
        { topics: ['letter'] },
      ),
    ),
    beat(
      'deadline',
      'anyone',
      note('lead', 'days', [
        '{calls} rang, asks where it stands. Portal shows nothing in this stage. Explained, will call back {day+2}.',
        'Release is overdue since {3-6} days. Mail to {adjuster} with the branch manager in copy.',
      ]),
    ),
  ],
  closing: [
    note(
      'lead',
      'days',
      [
        'Release from {insurer}: {amount}, excess {excess}.',
        'Approved, {amount}. Dent slot on {day+5}.',
        'Yes from {adjuster}. {workshop}, put it on the list for the Italians.',
        'Cleared by {insurer} in full.',
      ],
      { topics: ['letter'], chance: 1 },
    ),
  ],
};
