// What native menus ask of the window a person works in: each is something the page can do by itself, too. (I1)

export type PageCommand =
  | 'new-job'
  | 'find'
  | 'keys'
  | 'my-jobs'
  | 'unread'
  | 'all-jobs'
  | 'waiting'
  | 'inbox'
  | 'customers'
  | 'search'
  | 'settings';
