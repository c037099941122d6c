import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

const NEAR_PX = 60

interface Snapshot {
  readonly first: string | undefined
  readonly last: string | undefined
  readonly height: number
  readonly count: number
}

/**
 * A scroll that starts at the end, stays there while one is there, keeps what one reads in place when older rows come
 * above it, and counts what came below while one was reading.
 */
export function useAnchoredScroll(keys: readonly string[]) {
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const before = useRef<Snapshot>({ first: undefined, last: undefined, height: 0, count: 0 })
  const [unseen, setUnseen] = useState(0)

  const toEnd = useCallback(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight
    atEnd.current = true
    setUnseen(0)
  }, [])

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const was = before.current
    const [first, last] = [keys[0], keys.at(-1)]
    if (was.first !== undefined && first !== was.first && last === was.last) {
      element.scrollTop += element.scrollHeight - was.height
    } else if (atEnd.current) element.scrollTop = element.scrollHeight
    else if (was.last !== undefined && last !== was.last)
      setUnseen((count) => count + Math.max(1, keys.length - was.count))
    before.current = { first, last, height: element.scrollHeight, count: keys.length }
  }, [keys])

  useEffect(() => {
    const element = box.current
    if (!element) return
    // Images that load and a composer that grows change heights without new rows.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight
      before.current = { ...before.current, height: element.scrollHeight }
    })
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])

  const onScroll = useCallback(() => {
    const element = box.current
    if (!element) return
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX
    if (atEnd.current) setUnseen(0)
  }, [])

  return { box, unseen, toEnd, onScroll }
}
