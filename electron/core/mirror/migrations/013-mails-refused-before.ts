// 010 left the mails that were here already as if no address had refused them: they ring as well. (F2, F3)

export const mailsRefusedBefore = `
UPDATE mail SET is_refused = 1
WHERE data ->> '$.state' = 'refused' OR coalesce(json_array_length(data, '$.refused'), 0) > 0;
`;
