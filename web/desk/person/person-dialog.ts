import type { ContactPoint } from '../../../contracts/subscribers.ts'

/** Which dialog about one door of the person is asked for. */
export interface PersonDialog {
  readonly name: 'reveal' | 'link' | 'unlink' | 'prove' | 'startLink' | 'erase'
  readonly point: ContactPoint
}

/** What each of these dialogs is given. */
export interface PointDialogProps {
  readonly point: ContactPoint
  readonly close: () => void
}
