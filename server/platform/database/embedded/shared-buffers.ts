const MB = 1024 ** 2
const LEAST_MB = 128
const MOST_MB = 2048
/** PostgreSQL's manual takes a quarter of a machine that is its own; here the server and whatever else stands beside it live on the same one. */
const SHARE = 8

/** How much memory PostgreSQL keeps pages in on a machine with so many bytes: an eighth, between 128 MB and 2 GB. Taken only as it is used. */
export function sharedBuffersOf(bytes: number): string {
  return `${Math.round(Math.min(MOST_MB, Math.max(LEAST_MB, bytes / MB / SHARE)))}MB`
}
