/** What was done with personal data. */
export type AccessAct =
  | 'open'
  | 'reveal'
  | 'search'
  | 'break-glass'
  | 'export'
  | 'download'
  | 'erase'
  | 'my-pass'
