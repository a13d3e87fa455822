// The office's longest job: a camper van that a storm tide lifted off the quay. Told once, so each text is written for it.

import { answer, beat, type Beat, note, reply } from '../story.ts';

const once = (text: string): readonly string[] => [text];

export const camperDamage: readonly Beat[] = [
  beat(
    'camper-dry-out',
    'anyone',
    note(
      'workshop',
      'day',
      once(
        'Interior is out: bed, kitchen, both wardrobes, 41 screws labelled in bags. Floor boards are soaked, meter goes to the stop. Two dryers and the heater, doors open, at least ten days.',
      ),
    ),
    note(
      'lead',
      'soon',
      once(
        'Ten days of dryers are in no estimate. I announce it to Leuchtfeuer now and not in the invoice.',
      ),
    ),
    note('workshop', 'days', once('Day 4: 38 %. Day 1 was off the scale, so it goes.')),
  ),
  beat(
    'camper-salt',
    'anyone',
    note(
      'workshop',
      'later',
      once(
        'Salt crust inside the left longitudinal. Rinsed three times with fresh water, 200 litres each. If we close it like this it rusts from inside in two winters.',
      ),
    ),
    note('other', 'soon', once('Can a laboratory measure that? For boats they do.')),
    note(
      'lead',
      'day',
      once(
        'They can, the one behind the shipyard. €84 a sample, two samples, result in three weeks. Ordered, with the yes of Mr Wenzel.',
      ),
    ),
  ),
  beat(
    'camper-furniture',
    'anyone',
    reply(
      'later',
      once(
        'the furniture has survived better than we feared. Only the lower doors of the kitchen have swollen. Would you like them repaired by a joiner or replaced by the original ones, which take about eight weeks?',
      ),
    ),
    answer(
      'later',
      once(
        'The joiner, please. My grandfather had the doors of his cutter made by old Thomsen in the Fischergang. If he still works, I would like him to do it.',
      ),
    ),
    note(
      'lead',
      'day',
      once(
        'He still works. He is 79, has no telephone and wants to see the wood first. Going there at lunch.',
      ),
    ),
    note(
      'lead',
      'days',
      once(
        'Thomsen takes it: €380, solid ash, three weeks "if the weather is bad". I like this job.',
      ),
    ),
  ),
  beat(
    'camper-roof-bellows',
    'anyone',
    note(
      'parts',
      'later',
      once(
        'Bellows of the pop-up roof: original is discontinued. There is a sailmaker in Kappeln who makes them from a pattern. Sending ours, torn as it is.',
      ),
    ),
    note('other', 'soon', once('Colour? Ex works it was grey-blue stripes.')),
    reply(
      'soon',
      once(
        'for the roof bellows we have found a sailmaker who makes it from the pattern of yours. He has the striped cloth of that time, or plain sand-coloured canvas. Which do you like?',
      ),
    ),
    answer(
      'later',
      once('The stripes, without any doubt. Thank you for asking such a question at all.'),
    ),
  ),
  beat(
    'camper-expert-two',
    'anyone',
    note(
      'lead',
      'days',
      once(
        'Second visit of the expert because we are over €15,000. He spoke of a total loss until he saw the market prices. Now he speaks of restoration.',
      ),
    ),
    note(
      'workshop',
      'soon',
      once('He measured for two hours and found the same as we. Nice man, knows buses.'),
      { topics: ['report'] },
    ),
    note(
      'lead',
      'days',
      once('Second report is here: repair is economical up to €21,000. That settles it.'),
      { topics: ['report'] },
    ),
    reply(
      'soon',
      once('the second expert confirms that the repair is worth it. You keep your bus.'),
    ),
    answer(
      'later',
      once(
        'I have read your message three times. You cannot imagine how glad I am. The bus is the last thing that still smells of my father’s pipe.',
      ),
    ),
  ),
  beat(
    'camper-wiring',
    'anyone',
    note(
      'workshop',
      'later',
      once(
        'Wiring: green plugs everywhere on the left. Not cleaning, replacing. New loom for the living part, I make it myself.',
      ),
    ),
    note('other', 'soon', once('How many hours? Wenzel will ask.')),
    note('workshop', 'now', once('Fourteen. Write sixteen and I bring two back.')),
    note(
      'workshop',
      'days',
      once('Loom is done in thirteen. Every lamp works, even the one that never worked.'),
      { topics: ['hours'] },
    ),
  ),
  beat(
    'camper-side',
    'anyone',
    note(
      'workshop',
      'later',
      once(
        'Left side: pulled the big dent in eleven passes. The lower third is new sheet, bought as a panel from a specialist near Hannover.',
      ),
      { topics: ['dent'] },
    ),
    note(
      'workshop',
      'day',
      once(
        'Panel fits after an hour of persuasion. Spot-welded as original, every 28 mm. One would have to know.',
      ),
      { topics: ['workshop'] },
    ),
    note('parts', 'soon', once('It really is beautiful work. I say that once and never again.')),
  ),
  beat(
    'camper-visit',
    'anyone',
    answer(
      'day',
      once(
        'Might I come and see it one of these days? I should like to bring my granddaughter, she wants to become an engineer.',
      ),
    ),
    reply(
      'soon',
      once(
        'with pleasure. Come on any morning around eleven, Henrik will show her the welding; please bring closed shoes for both of you.',
      ),
    ),
    note(
      'workshop',
      'days',
      once(
        'They were here. The girl welded two strips together, better than our apprentice. She took them home.',
      ),
    ),
    answer('later', once('She has hung the two strips over her bed. Thank you, all of you.')),
  ),
  beat(
    'camper-mould',
    'anyone',
    note(
      'workshop',
      'later',
      once(
        'Behind the wall lining is mould, size of two hands, above the water line. So older than the storm.',
      ),
    ),
    note('lead', 'soon', once('Not on the claim then, and we say so to both. How much?')),
    note('workshop', 'now', once('Two hours and new insulation, €190.')),
    reply(
      'soon',
      once(
        'behind the wall lining we found a patch of mould that is older than the storm, so it cannot go on the insurer’s account. Removing it properly costs €190. Shall we?',
      ),
    ),
    answer(
      'later',
      once('Of course. Better now than with guests. Please put it on a separate invoice.'),
    ),
  ),
];
