import type { ContactPoint } from '../../../contracts/subscribers.ts'
import { EraseDialog } from './erase-dialog.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { ProveDialog } from './prove-dialog.tsx'
import { RevealDialog } from './reveal-dialog.tsx'
import { StartLinkDialog } from './start-link-dialog.tsx'
import { UnlinkDialog } from './unlink-dialog.tsx'

/** A dialog about one door of the person. */
export interface PersonDialog {
  readonly name: keyof typeof DIALOGS
  readonly point: ContactPoint
}
export interface PointDialogProps {
  readonly point: ContactPoint
  readonly close: () => void
}

const DIALOGS = {
  reveal: RevealDialog,
  link: LinkDialog,
  unlink: UnlinkDialog,
  prove: ProveDialog,
  startLink: StartLinkDialog,
  erase: EraseDialog,
} as const

export function PersonDialogs({ dialog, close }: { dialog: PersonDialog; close: () => void }) {
  const Dialog = DIALOGS[dialog.name]
  return <Dialog point={dialog.point} close={close} />
}
