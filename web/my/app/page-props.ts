import type { LineRef } from '../../../contracts/lines.ts'
import type { MySession } from '../../../contracts/my.ts'

/** What every screen of a line is given. */
export interface PageProps {
  readonly session: MySession
  readonly line: LineRef
  readonly rest: string
}
