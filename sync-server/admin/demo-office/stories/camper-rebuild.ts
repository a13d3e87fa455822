// The camper van's second half: colour, cloth and wood.

import { answer, beat, type Beat, note, reply } from '../story.ts';

const once = (text: string): readonly string[] => [text];

export const camperRebuild: readonly Beat[] = [
  beat(
    'camper-two-tone',
    'anyone',
    reply(
      'later',
      once(
        'about the colour: it was two-tone once, Starlight Blue below and white above, and someone later painted everything blue. Shall we go back to the two colours? It would cost €420 more, not covered by the insurer.',
      ),
    ),
    answer(
      'day',
      once(
        'I have searched all evening and found a photograph of 1991 with the line clearly visible. Two colours, please, exactly like that. I am sending the print by post, I do not trust the scanner.',
      ),
    ),
    note(
      'lead',
      'days',
      once(
        'Print has arrived, in tissue paper. Selin has it above the mixing bench. Nobody touches it.',
      ),
    ),
    note(
      'parts',
      'soon',
      once('Line is 4 mm below the bead, both sides. Made a template from it.'),
    ),
  ),
  beat(
    'camper-space',
    'anyone',
    note(
      'other',
      'soon',
      once(
        'The bus has been on ramp 2 for nine weeks. I love it too, but can it go to the back hall while it waits for the bellows?',
      ),
    ),
    note('workshop', 'soon', once('It rolls. Tomorrow before eight, four people.')),
    note(
      'workshop',
      'day',
      once('Moved. It stands next to the boiler now, which is good for the floor.'),
    ),
  ),
  beat(
    'camper-supplement',
    'anyone',
    note(
      'lead',
      'later',
      once(
        'Third supplement to Leuchtfeuer: loom, drying, laboratory, €2,960. With every hour listed, Wenzel likes lists.',
      ),
      { topics: ['measurements'] },
    ),
    note(
      'lead',
      'days',
      once(
        'Accepted but for the electricity of the dryers, €140. I will not fight about kilowatt-hours.',
      ),
      { topics: ['letter'] },
    ),
    reply(
      'soon',
      once(
        'for your information: the insurer has accepted the additional work as well, all but a small amount that we take over.',
      ),
    ),
  ),
  beat(
    'camper-windows',
    'anyone',
    note(
      'parts',
      'later',
      once(
        'Seals of the side windows are hard as wood. New ones €36 each, five of them. Nobody pays that, and nobody puts old seals into new paint.',
      ),
    ),
    note('lead', 'soon', once('We take it on the house. Write it down as my birthday.')),
  ),
  beat(
    'camper-sailmaker',
    'anyone',
    note(
      'parts',
      'days',
      once(
        'Sailmaker rang: cloth has come, he starts Monday. Wants to know whether the window in the front panel is for looking out or for mosquitoes.',
      ),
    ),
    reply(
      'soon',
      once(
        'the sailmaker asks whether the front panel should have a clear window or a fly screen. On yours it can no longer be seen.',
      ),
    ),
    answer('later', once('A fly screen. We were always by the water.')),
  ),
  beat(
    'camper-bellows-here',
    'anyone',
    note(
      'parts',
      'day',
      once(
        'Bellows are here. Perfect, striped, smells of wax. Hung up over night so that the folds go.',
      ),
      { topics: ['part'] },
    ),
    note(
      'workshop',
      'day',
      once(
        'Fitted, roof goes up with two fingers. Gas struts are new, the old ones had given up in the nineties.',
      ),
    ),
    reply(
      'soon',
      once(
        'the roof is complete and opens again. If you want to know what it feels like: like an umbrella that agrees with you.',
      ),
    ),
    answer('later', once('I laughed out loud on the train. How is the date looking?')),
    reply(
      'later',
      once(
        'honestly: the paint comes next, then the furniture. I count on four more weeks and will write every week how far we are.',
      ),
    ),
  ),
  beat(
    'camper-kitchen',
    'anyone',
    note(
      'lead',
      'days',
      once(
        'Thomsen brought the doors himself, on the handcart. They fit to the half millimetre. He refused a coffee and took two.',
      ),
    ),
    note('workshop', 'soon', once('I would like to apprentice with that man.')),
  ),
  beat(
    'camper-report-one',
    'anyone',
    reply(
      'days',
      once(
        'here is the report I promised: filler is finished on the left side, primer went on yesterday. Nothing unexpected this week, which is unexpected in itself.',
      ),
    ),
    answer('later', once('Thank you. I look forward to these reports now.')),
  ),
  beat(
    'camper-report-two',
    'anyone',
    reply(
      'days',
      once(
        'the report of the week: the floor is at 14 percent, it has to be below 12 before the boards go in. The sun helps. The seals have arrived.',
      ),
    ),
    answer(
      'later',
      once('Then I hope for sun. No hurry, really. I would rather have it right than soon.'),
    ),
    note(
      'lead',
      'soon',
      once('"I would rather have it right than soon." Can we have that printed over the gate?'),
    ),
  ),
  beat(
    'camper-report-three',
    'anyone',
    reply(
      'days',
      once(
        'this week’s report: the white half is in the booth tonight, the blue one follows when the laboratory has answered. Selin has sprayed eleven test cards, the print from 1991 hangs beside them.',
      ),
    ),
    answer(
      'later',
      once('Eleven! Please tell her that my father would have taken the first one and been wrong.'),
    ),
    note('parts', 'soon', once('Tell her it is number nine.')),
  ),
  beat(
    'camper-apprentice',
    'anyone',
    note(
      'other',
      'soon',
      once(
        'The paper wants a piece about the storm damage on the quay and asked for the bus. Not without a yes of Ms von der Osten.',
      ),
    ),
    reply(
      'soon',
      once(
        'the local paper would like to write about the bus and take a picture in our hall. Only if you agree, and without your name if you prefer that.',
      ),
    ),
    answer(
      'later',
      once(
        'You may. Without the name, and please with the granddaughter’s two welded strips if there is room.',
      ),
    ),
    note(
      'other',
      'days',
      once(
        'Piece is out, half a page. Three people have called about their boats. We do not do boats.',
      ),
    ),
  ),
];
