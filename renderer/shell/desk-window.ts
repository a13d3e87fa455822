/** What stands over the desk; one at a time. */
export type DeskWindow =
  | 'palette'
  | 'keys'
  | 'new-job'
  | 'correct-job'
  | 'export-job'
  | 'new-customer'
  | null;
