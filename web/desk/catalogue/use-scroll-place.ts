import { useEffect, useRef } from 'react'

/** Where each list was left. */
const places = new Map<string, number>()

/**
 * Opens every view at its top, save the lists: those where they were left. Give the element that stands first in the scrolling one.
 * @param view name of what is shown
 * @param returns whether one comes back to where one was
 */
export function useScrollPlace<T extends HTMLElement>(view: string, returns: boolean) {
  const first = useRef<T>(null)
  useEffect(() => {
    const scrolling = first.current?.closest('main')
    if (!scrolling) return
    scrolling.scrollTop = returns ? (places.get(view) ?? 0) : 0
    const remember = () => places.set(view, scrolling.scrollTop)
    scrolling.addEventListener('scroll', remember, { passive: true })
    return () => scrolling.removeEventListener('scroll', remember)
  }, [view, returns])
  return first
}
