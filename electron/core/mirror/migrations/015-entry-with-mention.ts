// Notes in which somebody may be called, for the bell: few among very many. (C7)

export const entryWithMention = `
CREATE INDEX entry_with_mention ON entry (position) WHERE audience = 'internal' AND instr(search, ' @') > 0;
`;
