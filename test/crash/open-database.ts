// Opens a database as its program does, and closes it: `node open-database.ts mirror|server FILE`

import { openMirror } from '../../electron/core/mirror/database.ts';
import { openSqliteStorage } from '../../sync-server/storage/sqlite-storage.ts';

const [kind, file = ''] = process.argv.slice(2);
if (kind === 'mirror') openMirror(file).close();
else await (await openSqliteStorage(file)).close();
