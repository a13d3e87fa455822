// Words of entries, of files' names and of what is written in files, for the search over all jobs. (G1, G2)
//
// An index holds no text, only which row has which word. `through` is the last row it knows of: what comes after it is new, is
// read as it stands, and is put in later (`mirror/search-index`). What a row says no more it forgets in that row's own commit.

export const searchIndex = `
CREATE TABLE search_index (name TEXT PRIMARY KEY, through INTEGER NOT NULL) WITHOUT ROWID;
${indexOf('entry', 'search', (row) => `${row}.search`)}
${indexOf('attachment', 'data', (row) => `searchable(${row}.data ->> '$.name')`)}
${indexOf('attachment_text', 'text', (row) => `searchable(${row}.text)`)}
`;

function indexOf(table: string, column: string, wordsOf: (row: string) => string): string {
  const through = `(SELECT through FROM search_index WHERE name = '${table}')`;
  return `
INSERT INTO search_index (name, through) VALUES ('${table}', 0);
CREATE VIRTUAL TABLE ${table}_index USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '@.'"
);
CREATE TRIGGER ${table}_gone AFTER DELETE ON ${table} WHEN old.rowid <= ${through} BEGIN
  DELETE FROM ${table}_index WHERE rowid = old.rowid;
  UPDATE search_index SET through = min(through, (SELECT coalesce(max(rowid), 0) FROM ${table})) WHERE name = '${table}';
END;
CREATE TRIGGER ${table}_changed AFTER UPDATE OF ${column} ON ${table}
WHEN new.${column} <> old.${column} AND old.rowid <= ${through} BEGIN
  DELETE FROM ${table}_index WHERE rowid = old.rowid;
  INSERT INTO ${table}_index (rowid, words) VALUES (new.rowid, ${wordsOf('new')});
END;`;
}
