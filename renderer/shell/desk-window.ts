/** What stands over the desk; one at a time. */
export type DeskWindow = 'palette' | 'keys' | 'new-job' | 'new-customer' | 'export-job' | null;
