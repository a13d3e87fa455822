// The mirror's tables as WatermelonDB wants them: the same columns and indexes, and no index for search.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { appSchema, Model, tableSchema } = require('@nozbe/watermelondb');

const text = (name, isIndexed = false) => ({ name, type: 'string', isIndexed, isOptional: true });
const number = (name, isIndexed = false) => ({ name, type: 'number', isIndexed, isOptional: true });
const EVERY = [number('version'), number('position'), number('generation'), text('data')];

const TABLES = {
  workspace: [],
  member: [text('name')],
  pipeline: [],
  customer: [text('name'), text('search')],
  job: [
    text('customer_id'),
    text('pipeline_id', true),
    text('stage_id'),
    text('assignee_id'),
    text('last_activity_at', true),
    text('search'),
  ],
  entry: [
    text('job_id', true),
    text('kind'),
    text('audience'),
    text('author_id'),
    number('from_customer'),
    number('has_files'),
    text('search'),
  ],
  attachment: [text('job_id', true), text('entry_id', true), text('blob_id')],
  read_mark: [text('job_id', true), number('read_through_version')],
};

export const TABLE_NAMES = Object.keys(TABLES);

export const schema = appSchema({
  version: 1,
  tables: Object.entries(TABLES).map(([name, columns]) =>
    tableSchema({ name, columns: [...EVERY, ...columns] }),
  ),
});

export const modelClasses = TABLE_NAMES.map(
  (name) =>
    class extends Model {
      static table = name;
    },
);
