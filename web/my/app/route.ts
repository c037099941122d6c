import { useEffect, useState } from 'preact/hooks'
import { MySection } from '../../../contracts/my.ts'

const BASE = '/my/'
const moved = new Set<() => void>()

/** Where one is: a section, and what of it. */
export interface Place {
  readonly section: MySection
  readonly rest: string
}

const here = (): Place => placeOf(location.pathname)

function placeOf(path: string): Place {
  const [name = '', ...rest] = path.slice(BASE.length).split('/')
  const section = MySection.safeParse(name)
  return { section: section.success ? section.data : 'home', rest: rest.join('/') }
}

/** Where in the app an address leads; undefined for any other address. */
export function placeAt(address: string): Place | undefined {
  const { origin, pathname } = new URL(address)
  return origin === location.origin && pathname.startsWith(BASE) ? placeOf(pathname) : undefined
}

export const hrefOf = (section: MySection, rest = ''): string =>
  BASE + (section === 'home' && rest === '' ? '' : [section, rest].filter(Boolean).join('/'))

/** Goes somewhere within the app; the page begins at its top. */
export function go(section: MySection, rest = ''): void {
  history.pushState(null, '', hrefOf(section, rest))
  window.scrollTo(0, 0)
  for (const tell of moved) tell()
}

/** Follows the address. */
export function usePlace(): Place {
  const [place, setPlace] = useState(here)
  useEffect(() => {
    const look = () => setPlace(here())
    moved.add(look)
    window.addEventListener('popstate', look)
    return () => {
      moved.delete(look)
      window.removeEventListener('popstate', look)
    }
  }, [])
  return place
}

/** Props of a link within the app: a plain click does not load the page anew. */
export function linkTo(section: MySection, rest = '') {
  return {
    href: hrefOf(section, rest),
    onClick: (event: MouseEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0)
        return
      event.preventDefault()
      go(section, rest)
    },
  }
}
