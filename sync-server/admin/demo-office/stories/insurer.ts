// A body job while the insurer decides. Only for jobs an insurer pays.

import { answer, beat, dialogue, fill, move, note, type Phase, reply } from '../story.ts';

export const insurer: Phase = {
  stage: 'insurer',
  opening: [
    move('insurer', 'later'),
    note(
      'lead',
      'soon',
      [
        'Sent estimate and photos to {insurer}. Claim {claim}, {adjuster} has it.',
        '{insurer} has everything since {clock}. Number {claim}. They say five working days, so count on eight.',
        'Claim {claim} opened with {insurer}. {adjuster} sounded reasonable, for once.',
        'Papers are out to {insurer}, {amount} in total. Excess is {excess}, {calls} knows.',
        'Uploaded to the portal of {insurer}, which lost the photos twice. Mailed them to {adjuster} as well. {claim}.',
      ],
      { topics: ['estimate'], chance: 0.95 },
    ),
    fill('lead', 'now', ['claim']),
    reply(
      'soon',
      [
        'your claim is with {insurer} now, number {claim}. They usually need about a week. You do not have to do anything for the moment.',
        'I have sent the estimate over {amount} to {insurer}. As soon as they answer you will read it here. Your excess is {excess}.',
        '{insurer} has all papers. We start as soon as they agree; the slot in the workshop stays reserved for you.',
        'the estimate is attached for your records. It is with {insurer} under {claim}; I will chase them on {day+4} if we have heard nothing.',
      ],
      { topics: ['estimate'] },
    ),
  ],
  optional: [
    dialogue(
      'insurer-silence',
      'insurer',
      answer('days', [
        'any news from the insurance? They tell me on the phone you have to send something.',
        'sorry to ask again, but did {insurer} answer? I called them and they cant find any photos.',
        'I called {insurer}, they said the file is "in processing". What does that mean?',
        'Is it normal that it takes so long? Last time it was three days.',
      ]),
      note('lead', 'soon', [
        'Rang {insurer}, {7-38} minutes of music. {adjuster} is on holiday, the stand-in has never seen the file. Sent it all again.',
        '{adjuster} says the photos never arrived. They did, I have the receipt. Sent again without comment.',
        'Spoke to {adjuster}. It waits for a signature of the team lead, "this week". Wrote the date down.',
        '{insurer} wants the invoice of the last repair, from before we knew this car. Told them so.',
      ]),
      reply('now', [
        'your file had been left lying there because a colleague is away. I have sent everything once more to the right person; please give them until {day+3}.',
        'they could not find the photos, so I have sent them again and had it confirmed. Nothing is missing from you.',
        'it waits for a signature over there and nothing else; they promised it for this week. I call again on {day+2}.',
        'they had one more question, which I have answered. I stay on it and will write on {day+3} at the latest.',
      ]),
      answer(
        'later',
        [
          'ok, thank you for staying on it.',
          'Thanks. At least you answer the phone.',
          'alright, then we wait.',
        ],
        {
          chance: 0.6,
        },
      ),
    ),
    dialogue(
      'expert-visit',
      'insurer',
      note('lead', 'day', [
        '{insurer} sends an expert, {day+2} at {clock}. Car must be clean and on the ramp.',
        'Expert appointment {day+3}, {clock}. It is the thorough one, so please no loose parts lying around it.',
        'They want their own expert to look. {workshop}, keep bay {bay} free on {day+2}.',
      ]),
      reply('soon', [
        'your insurer would like to have its own expert look at the damage, on {day+2} here with us. You need not be there.',
        'the appointment with the expert of {insurer} is on {day+3}. We show everything, you can stay at home.',
        'an expert will look at the car on {day+3}. That is routine at this amount and usually helps, because afterwards nobody argues.',
      ]),
      note(
        'workshop',
        'days',
        [
          'Expert was here. Agrees on {part}, wanted to cut the paint hours, I showed him the blend. He left them in.',
          'Expert done in {15-50} minutes. He accepts everything but the wheel alignment; report comes by mail.',
          'She found a second crack I had missed behind {part}. Good for us, good for the car.',
        ],
        { topics: ['report'] },
      ),
    ),
    beat(
      'cut',
      'insurer',
      note(
        'lead',
        'days',
        [
          '{insurer} pays {€900-1900} less than asked: hourly rate "not customary in the region". Same text as every month. Appeal is out.',
          'Cut our blend and the cavity wax, {€240-410} altogether. Sent {adjuster} the manufacturer’s sheet, page 4.',
          'They accept {part} only as non-original. {workshop} says it does not fit without work. Wrote exactly that.',
          '{adjuster} struck the car wash and the courtesy car. Letting the wash go, not the car.',
        ],
        { topics: ['objection'] },
      ),
      note('other', 'soon', [
        'Do not start before that is settled, we waited four months for the money last time.',
        'I would split it: start with what is approved, the rest as a supplement.',
        'Call {adjuster} in the afternoon, before ten it is hopeless.',
      ]),
      note(
        'lead',
        'days',
        [
          'They gave in, full amount. One phone call and the sheet was enough.',
          'Settled at {€60-190} below. I take that, the hours I spend on it cost more.',
          'Appeal accepted without a word of comment.',
        ],
        { topics: ['letter'], chance: 0.9 },
      ),
    ),
    dialogue(
      'policy-question',
      'insurer',
      reply('later', [
        '{insurer} asks for the date of the damage and whether anyone else was involved. Could you tell me in one sentence?',
        'one question from {insurer}: who had the key on that day? They ask it of everybody.',
        'could you check whether your policy says "free choice of workshop"? It is usually on page two.',
      ]),
      answer('later', [
        'it was on a saturday around 11 i think, nobody else involved. I wrote all this in the form allready',
        'only me, I have the only key. Nobody was hurt, in case they ask that too.',
        'yes it says free choice of workshop, I looked it up. Page 3 not 2 ;)',
      ]),
      reply(
        'now',
        [
          'thank you, that was all they wanted. I have passed it on.',
          'that helps, I have sent it on word for word.',
          'perfect, this goes straight to {insurer}.',
        ],
        {
          chance: 0.7,
        },
      ),
    ),
    dialogue(
      'excess-worry',
      'insurer',
      answer('day', [
        'do I have to pay the excess even if it was not my fault?',
        'What happens to my no claims class if {insurer} pays this? Is it worth it?',
        'they say the excess is {excess} but I thought there was none. Do you have it in writing?',
      ]),
      reply('later', [
        'I may not give you legal advice, but in practice: the other side’s insurer pays all of it if fault is clear, and then there is no excess.',
        'your class goes up by about two steps. At {amount} it is worth claiming; below about {€600-900} I would pay it myself. {insurer} can work it out to the cent for you.',
        'the confirmation of {insurer} says {excess}. I have asked them to send you the policy page as well, so that you have it in black and white.',
      ]),
      note(
        'lead',
        'now',
        [
          'Explained the excess to {calls}. Understood, not happy, not our fault.',
          'Excess talk done, {calls} pays {excess} on collection.',
        ],
        {
          chance: 0.6,
        },
      ),
    ),
  ],
  closing: [
    note(
      'lead',
      'days',
      [
        '{insurer} approves. {workshop}, you can start.',
        'Go from {adjuster}: {amount}, excess {excess} from the customer. Release is in the file.',
        'Approved. They kept our hourly rate this time, I have framed the letter.',
        'Yes from {insurer} at {clock}, by mail, {claim}. Parts may be ordered.',
        'Release is here, {amount} less excess. Direct settlement, so nobody has to advance anything.',
      ],
      { topics: ['letter'], chance: 0.95 },
    ),
    reply('soon', [
      'good news: {insurer} has agreed to everything. We order {part} today and start on {day+2}.',
      '{insurer} pays. Your part is the excess of {excess}, on collection. We begin on {day+2}.',
      'the release came this morning. I will write as soon as the car is in the workshop.',
      'we have the yes from {insurer}. From here on it is our work and no more paper, I promise.',
    ]),
    answer(
      'later',
      [
        'finally! Thank you for fighting with them.',
        'wonderful, thanks for the good news',
        'Great. Please let me know when it is finished.',
        'that is a relief. thank you!',
      ],
      {
        chance: 0.6,
      },
    ),
  ],
};
