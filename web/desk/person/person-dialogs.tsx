import type { ComponentType } from 'react'
import { EraseDialog } from './erase-dialog.tsx'
import { LinkDialog } from './link-dialog.tsx'
import type { PersonDialog, PointDialogProps } from './person-dialog.ts'
import { ProveDialog } from './prove-dialog.tsx'
import { RevealDialog } from './reveal-dialog.tsx'
import { StartLinkDialog } from './start-link-dialog.tsx'
import { UnlinkDialog } from './unlink-dialog.tsx'

const DIALOGS: Readonly<Record<PersonDialog['name'], ComponentType<PointDialogProps>>> = {
  reveal: RevealDialog,
  link: LinkDialog,
  unlink: UnlinkDialog,
  prove: ProveDialog,
  startLink: StartLinkDialog,
  erase: EraseDialog,
}

/** The dialog that was asked for. */
export function PersonDialogs({ dialog, close }: { dialog: PersonDialog; close: () => void }) {
  const Dialog = DIALOGS[dialog.name]
  return <Dialog point={dialog.point} close={close} />
}
