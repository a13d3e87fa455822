// A body job from the booking to the day the car arrives; the customer reads along from here on.

import { answer, beat, dialogue, fill, move, note, type Phase, reply } from '../story.ts';

export const booking: Phase = {
  stage: 'booked',
  opening: [
    move('booked', 'now'),
    reply('soon', [
      'your {vehicle} is booked in for {day+5} at {clock}. Please bring the registration document and, if you have it, the second key. We plan with {3-6} working days.',
      'we have you down for {day+4}, {clock}. The car stays with us for about {3-6} working days; I will tell you as soon as I know the day exactly.',
      'thank you for your trust. Drop-off is {day+6} from {clock}, key to me at the counter or in the box by the gate. Estimate so far: {amount}.',
      'as discussed: {day+4}, {clock}, at our yard on Kranstraße. Please take your things out of the boot, we have to remove the lining there.',
      'the slot is yours: {day+5}, {clock}. We start on the same day. If anything changes, one line here is enough.',
      'booked for {day+6} at {clock}. I have put {part} on order already, so that the car does not stand here waiting for it.',
      'we look forward to seeing you on {day+5} at {clock}. Please expect half an hour for the handover, I would like to walk around the car with you.',
    ]),
    answer(
      'later',
      [
        'great, that works for me. Can I leave the car the evening before?',
        '@company thank you, the driver will bring it. He has no time to wait, is that a problem?',
        'thank you, that was quick. See you then.',
        '@person ok thanks. Do you have a courtesy car? I need to get to work and the bus is once an hour.',
        '@person that suits me. The boot is full of moving boxes, I will empty it on the weekend.',
        '@person perfect. My brother will bring the car, he has the papers with him.',
        'fine with me. Is it possible to wait for it or does it really take several days?',
        '@person Thanks! I cant find the second key, is that a problem?',
        '@company confirmed from our side. Please put our order number on the invoice, otherwise accounting sends it back.',
      ],
      { chance: 0.85 },
    ),
    fill('lead', 'soon', ['promised', 'courtesy']),
  ],
  optional: [
    dialogue(
      'courtesy-car',
      'person',
      note('lead', 'soon', [
        'Put {calls} down for the white Up from {day+5}. It has a slow puncture front left, {workshop}, please.',
        'No courtesy car free in that week. Offered the bicycle, was taken better than expected.',
        'Courtesy car: the grey Fabia, full tank, {12-48} thousand on the clock. Contract lies in the tray.',
      ]),
      reply('soon', [
        'we have a small courtesy car for you for those days. It costs nothing, only fuel; please bring your driving licence.',
        'I am sorry, all our courtesy cars are out in that week. We can bring you home after drop-off, or lend you a bicycle, which many customers actually like.',
        'a courtesy car is reserved for you. Please bring your driving licence, we make a copy at the handover.',
      ]),
      answer(
        'later',
        [
          'Super, thank you. I have had my licence for 20 years, the picture looks it.',
          'the bicycle it is then. It has a basket I hope?',
          'that helps me a lot, thanks! Then I can still do the school run.',
        ],
        { chance: 0.8 },
      ),
    ),
    beat(
      'customer-photos',
      'anyone',
      reply('later', [
        'could you send me one or two photos of the damage in daylight? Then I can order before the car is here.',
        'would you take a photo of the damage from about two metres, and one close up? You can add them right here.',
        'a picture or two of the damage would help me to plan, by phone is good enough. There is a button for it below.',
      ]),
      answer(
        'later',
        [
          'here you go, hope they are good enough. It was raining.',
          'Here are the pictures. The second one is a bit blurry sorry, my daughter held the lamp',
          'attached. It looks worse in the sun than I remembered.',
          'this is all I have at the moment, taken on the day it happend.',
          'two pictures. Is the dark line on it a crack or just dirt?',
        ],
        { topics: ['dent', 'scratch'] },
      ),
      note(
        'workshop',
        'later',
        [
          'Saw the photos. Good enough, order {part}.',
          'From these photos I would say {part2} is gone too. Put it in the estimate as possible.',
          'Photo is useless for the paint, but the dent is clear. {hours} hours as planned.',
        ],
        { chance: 0.7 },
      ),
    ),
    beat(
      'move-date',
      'anyone',
      answer('day', [
        '@person I am very sorry but I have to move the date, could we say {day+7} instead?',
        '@person sorry for the trouble, something came up at work. Is the week after also posible?',
        '@company our driver is ill, we would need the vehicle two days longer. Can you shift it?',
      ]),
      reply('soon', [
        'no trouble at all, I have moved you to {day+7} at {clock}.',
        'that works, {day+7} at {clock} instead. The parts wait here patiently.',
        'of course. New date: {day+7}, {clock}. You do not need to confirm again.',
      ]),
      note(
        'lead',
        'now',
        [
          'Moved to {day+7}. Bay {bay} is empty on the old day now, somebody use it.',
          'Date shifted by the customer, not by us. Telling {workshop}.',
        ],
        { chance: 0.7 },
      ),
    ),
    dialogue(
      'payment-question',
      'private',
      answer('day', [
        'one more question: do I have to pay everything on collection or is there some kind of installment?',
        'can I pay by card when I pick it up? My limit is 2000 a day I think.',
        'does the {amount} already include tax?',
      ]),
      reply('later', [
        'no, not everything at once: for larger amounts we split it over three months without interest. Tell me and I prepare the paper.',
        'card is fine, also in two payments on two days. Transfer within ten days works as well.',
        'yes, all our prices include tax. There will be no surprise.',
      ]),
    ),
    beat(
      'reminder',
      'anyone',
      reply('days', [
        'a short reminder that we expect the {vehicle} tomorrow at {clock}. The gate on the water side is closed for roadworks, please come in by Kranstraße.',
        'see you tomorrow at {clock}. If you come before we open, put the key in the box with the plate number on a note.',
        'tomorrow is the day: {clock}, coffee is on us. Please do not wash the car before, we prefer to do it ourselves.',
      ]),
      answer(
        'later',
        [
          'yes, I have not forgotten :)',
          'see you tomorow!',
          'ok, will be there. Thank you for the reminder.',
        ],
        {
          chance: 0.5,
        },
      ),
    ),
    dialogue(
      'no-show',
      'anyone',
      note('lead', 'day', [
        'Was due at {clock}, no answer on the phone. Giving the bay to the next one if nobody shows until ten.',
        'No-show this morning. Left a friendly message. Not angry, only Henrik is.',
      ]),
      answer('later', [
        'I am so sorry, I mixed up the weeks. Is tomorow also possible??',
        'sorry, the car did not start this morning, battery. I can bring it at noon.',
      ]),
      reply('now', [
        'no harm done, these things happen. Tomorrow morning at {clock} is possible, I have kept the bay for you.',
        'noon is fine, we are here until half past five. If it does not start at all, we come with the trailer.',
      ]),
    ),
  ],
  closing: [
    note(
      'lead',
      'week',
      [
        'Car is here. Walked around it with {calls}, key is on hook {2-30}. Fuel half, {km} km.',
        '{vehicle} dropped off {clock}. Intake sheet signed, two old scratches noted on the sill.',
        'Arrived. {calls} left a child seat and a surfboard inside, both are in the store room.',
        'Key in the box this morning, {km} km. Did the walk-round alone and took pictures of every side.',
        'In the yard since {clock}. {calls} asked three times whether the colour will match. It will.',
        '{vehicle} handed over by the neighbour of {calls}, has a written order with them. Filed.',
      ],
      { topics: ['odometer'], chance: 0.9 },
    ),
  ],
};
