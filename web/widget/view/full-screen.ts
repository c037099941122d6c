import { useEffect, useState } from 'preact/hooks'

/** Too small for a window beside the page: phones, and desktops at a high zoom. */
const SMALL = '(max-width: 520px), (max-height: 460px)'

/** Whether the chat takes the whole screen. */
export const useFullScreen = (): boolean => {
  const [small, setSmall] = useState(() => matchMedia(SMALL).matches)
  useEffect(() => {
    const query = matchMedia(SMALL)
    const hear = () => setSmall(query.matches)
    query.addEventListener('change', hear)
    return () => query.removeEventListener('change', hear)
  }, [])
  return small
}

/**
 * Keeps the panel inside what the on-screen keyboard leaves visible (browsers do not shrink the layout viewport for
 * it), and the page beneath from scrolling.
 */
export const useVisibleArea = (panel: { readonly current: HTMLElement | null }, active: boolean): void => {
  useEffect(() => {
    const { current } = panel
    if (!active || !current) return
    const area = window.visualViewport
    const follow = () => {
      current.style.setProperty('--otk-height', `${area?.height ?? window.innerHeight}px`)
      current.style.setProperty('--otk-top', `${area?.offsetTop ?? 0}px`)
    }
    const page = document.documentElement
    const before = page.style.overflow
    page.style.overflow = 'hidden'
    follow()
    area?.addEventListener('resize', follow)
    area?.addEventListener('scroll', follow)
    return () => {
      page.style.overflow = before
      area?.removeEventListener('resize', follow)
      area?.removeEventListener('scroll', follow)
    }
  }, [panel, active])
}
