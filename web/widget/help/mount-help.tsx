import { render } from 'preact'
import type { MountHelp } from '../loader/host.ts'
import { Help } from './help.tsx'

/** Help as the chat's window opens it: a tree of its own inside the window. */
export const mountHelp: MountHelp = (place) => ({
  show: (props) => render(<Help {...props} />, place),
  end: () => render(null, place),
})
