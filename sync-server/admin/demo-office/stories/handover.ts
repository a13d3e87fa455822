// A body job's end: the final check, the collection, the invoice, and sometimes a complaint.

import {
  answer,
  assign,
  beat,
  dialogue,
  files,
  fill,
  move,
  note,
  type Phase,
  reply,
} from '../story.ts';
import { freshPaintBeats } from './paint.ts';

export const finalCheck: Phase = {
  stage: 'check',
  opening: [
    move('check', 'later', 'workshop'),
    assign('lead', 'now'),
    note(
      'other',
      'later',
      [
        'Final check: gaps, lamps, sensors, test drive {6-14} km. One rattle, was the plate holder.',
        'Checked with the list. Fuel flap sits {1-2} mm proud, {workshop} has two minutes for that.',
        'Test drive fine, nothing whistles at 120. Washed, needs a vacuum inside.',
        'Walked round it with the lamp. {parts}, there is a grain of dust left of the handle, only I can see it and I cannot stop.',
        'All good. Dashboard shows the washer fluid, filled up. Ready from my side.',
        'Lamps are set, fault memory empty, tyre pressure was anything but. Corrected.',
      ],
      { topics: ['finished'], chance: 1 },
    ),
  ],
  optional: [
    ...freshPaintBeats,
    dialogue(
      'rework',
      'anyone',
      note('lead', 'soon', [
        'Door seal is twisted at the bottom. Please again, before {calls} finds it.',
        'Overspray on the rubber, thumb-sized. Clean it, then it may go.',
        'Lamp on the repaired side is foggy inside. Dry it or swap it, I do not want that back.',
      ]),
      note('workshop', 'later', [
        'Done, {10-35} minutes.',
        'Fixed. Next time I look before you do.',
        'Swapped it with one from stock, books to us.',
      ]),
    ),
  ],
  closing: [
    note(
      'lead',
      'soon',
      [
        'Invoice is ready: {final}. Excess and tax are separate on it.',
        '{final} all in, checked against the order. Can go out with the key.',
        'Wrote the invoice, {final}. {hours} hours billed, the rest was love.',
        'Released. Invoice {final}, key on hook {2-30}.',
      ],
      { topics: ['invoice'] },
    ),
    files('workshop', 'soon', ['finished'], { chance: 0.5 }),
  ],
};

export const collection: Phase = {
  stage: 'ready',
  opening: [
    move('ready', 'soon'),
    reply(
      'now',
      [
        'your {vehicle} is ready. You can collect it today until half past five or any day from half past seven. The invoice over {final} is attached.',
        'good news: the car is finished, washed, and stands in front of the office. The total is {final} as agreed.',
        'we are done. Please look at the work in daylight and take your time, I am here until five. Invoice: {final}.',
        'it is ready for collection from {clock}. In the first week please no car wash with brushes, hand wash is fine.',
        'finished! I have attached photos so that you can look forward to it. Collection whenever it suits you.',
        'the repair is complete and has passed the final check. The invoice is attached; bring the courtesy car back with the tank as you got it.',
      ],
      { topics: ['invoice', 'finished'] },
    ),
    answer(
      'later',
      [
        '@person wow that was fast. I come today at 5.',
        '@person thank you!! I will pick it up tomorow morning before work, is half past seven ok?',
        '@person Great. My husband will come, he has the order with him.',
        'fantastic. See you on {day+1}',
        '@company we collect it on {day+1} around noon.',
        'perfect, thank you. Can I pay by transfer or do you need cash?',
        '@company thank you, our driver comes before the end of the shift.',
      ],
      { chance: 0.85 },
    ),
  ],
  optional: [
    beat(
      'confirm-time',
      'anyone',
      reply('soon', [
        'that works, see you then. Card at the counter or transfer within ten days, both are fine.',
        'very well. If it gets later, ring the bell at the gate, somebody is always in the back.',
        'of course. Whoever collects it should bring an identity card.',
      ]),
    ),
    beat(
      'not-collected',
      'anyone',
      note('lead', 'days', [
        'Still in the yard. {calls} knows since {2-4} days. We need the space on {day+2}.',
        'Nobody came. Rang twice, mailbox. {workshop}, please move it to the back row.',
      ]),
      reply('soon', [
        'your car is still waiting here. There is no rush, I only wanted to make sure that the message reached you.',
        'a friendly reminder that your {vehicle} is ready. From next week we would have to park it outside.',
      ]),
      answer('later', [
        'sorry!! I was away, I come tomorow.',
        'Oh I did not see the message. Today at 4 pm?',
        'sorry, work. Can you keep it until {day+2}?',
      ]),
    ),
    dialogue(
      'invoice-question',
      'anyone',
      answer('later', [
        'I have a question about the invoice: what is "material lump sum"?',
        'on the invoice it says {hours} hours paint, is that right?',
        '@company Could you write our cost centre on the invoice? Accounting will not pay without.',
      ]),
      reply(
        'later',
        [
          'that covers sandpaper, tape, filler and the like, which nobody counts piece by piece. It is {2-4} percent of the labour.',
          'yes, with preparation, blending and polishing. I am happy to go through it with you at the counter.',
          'done, a corrected invoice is attached.',
        ],
        { topics: ['invoice'] },
      ),
    ),
  ],
  closing: [
    note('other', 'day', [
      'Collected, {clock}. {calls} ran a hand over it and found nothing. Paid by card.',
      '{calls} picked it up and was really pleased. Left {€5-20} for the coffee box.',
      'Handed over. Looked at it twice in the sun, then laughed. Key, papers and warranty sheet are out.',
      'Gone at {clock}. Courtesy car is back, tank not quite as full as promised, I let it be.',
      'Picked up by a colleague of {calls}, signed. Invoice goes by mail.',
      'Collected after hours from the box, as agreed. Payment comes by transfer.',
    ]),
  ],
};

export const afterwards: Phase = {
  stage: 'done',
  opening: [move('done', 'soon'), fill('lead', 'now', ['courtesy', 'mileage'], 0.5)],
  optional: [
    beat(
      'thanks',
      'anyone',
      answer('days', [
        'just wanted to say thank you again. You cannot see anything any more!',
        '@person Very happy with the work, I recommended you to my colleagues.',
        'thank you for the good work and the patience with my many questions.',
        '@person my wife asked if I bought a new car :D great job',
        '@company all good with the vehicle. We will send you the next one, there is always a next one.',
      ]),
      reply(
        'later',
        [
          'thank you, I have read that out in the workshop. They pretended not to be touched.',
          'that makes us happy. Drive safely, and come back only for coffee.',
          'thank you for the kind words, {workshop} and {parts} were glad too.',
        ],
        { chance: 0.85 },
      ),
    ),
    dialogue(
      'complaint',
      'anyone',
      answer('days', [
        'I am a bit disappointed. In the morning sun I see a dull spot on {part}. Could you look at it?',
        'there is a wind noise since the repair, at around 90. It was not there before.',
        'water came in after the rain yesterday, the carpet is wet on the repaired side. That cant be right??',
        'one clip has come off allready, the trim is hanging. I fixed it with tape for now.',
      ]),
      note('lead', 'now', [
        'Complaint, see above. {parts}, bring the lamp on {day+1}, first thing. We do not discuss, we look.',
        'Wind noise, that is ours. {workshop}, take it for a drive on {day+1} and listen.',
        'Water. Who did the sealing? No blame, I only want to know. Taking it back in on {day+1}.',
        'A clip in the first week is embarrassing. Do all of them, not only that one.',
      ]),
      reply('now', [
        'I am sorry, that is not how you should get a car back from us. Please come on {day+1} at {clock}; we put it right, and of course it costs you nothing.',
        'thank you for telling me at once. Could you bring it on {day+1}? You get a car from us for the day.',
        'that must not be. {workshop} will look at it himself on {day+1} at {clock}, and you wait with a coffee.',
      ]),
      answer(
        'later',
        [
          'ok thank you, I will be there.',
          'Thanks for the fast reaction, see you {day+1}',
          'good. I was afraid you would argue with me',
        ],
        { chance: 0.8 },
      ),
      note(
        'workshop',
        'day',
        [
          'Polishing dust in the clear, gone with the machine. Checked outside, in the sun.',
          'Door seal stood up by two millimetres at the mirror. Pressed in, quiet at 130.',
          'It was the seal, pinched at the lower corner. New one in, hosed it for ten minutes, dry.',
          'Clip was the wrong one, our mistake. Changed all of them while at it.',
        ],
        { topics: ['finished'], chance: 0.9 },
      ),
      reply('soon', [
        'done and checked twice. Thank you for your patience; please tell me honestly if there is anything left.',
        'it is put right now. I have added a full tank for the trouble.',
        'the cause was a small part we had fitted badly. It is replaced and you can collect the car whenever you like.',
      ]),
      answer(
        'later',
        [
          'now it shines like the rest. Thank you for not arguing.',
          'all quiet now, thanks for the quick help',
          'everything dry. Thank you, that is how it should be.',
          'respect, that was handled well.',
        ],
        { chance: 0.8 },
      ),
    ),
    dialogue(
      'late-payment',
      'anyone',
      note('lead', 'week', [
        'Invoice {final} is open since {14-25} days. Friendly reminder is out.',
        'Nothing on the account yet. I would wait until {day+3}, it is holiday time.',
      ]),
      note('lead', 'days', [
        'Paid, in full.',
        'Money is there, {final}, with an apology in the reference field.',
        'Came in this morning. Reminder was not even necessary, it seems.',
      ]),
    ),
    beat(
      'insurer-payment',
      'insurer',
      note(
        'lead',
        'days',
        [
          '{insurer} transferred {final} less excess. Booked.',
          '{insurer} paid {€20-90} too little, "rounding". I let it go, this once.',
          'Money from {insurer} is there after {9-21} days, a record.',
        ],
        { topics: ['letter'], chance: 0.9 },
      ),
    ),
  ],
  closing: [
    note(
      'lead',
      'days',
      [
        'All paid, nothing open. Closing.',
        'Papers are filed, photos stay here. Closed.',
        'Done. For the next estimate: we were {1-4} hours short on metal.',
        'Closed. Review on the net: five stars, mentions {workshop} by name.',
        'Finished and settled. Note to us: order {part} at once next time.',
      ],
      { chance: 0.9 },
    ),
  ],
};
