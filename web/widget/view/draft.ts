import { useState } from 'preact/hooks'

/**
 * The text being written. It survives a reload of this tab (session storage), and nothing else: another tab has its
 * own, and closing the tab forgets it.
 */
export const useDraft = (account: string): [string, (text: string) => void] => {
  const key = `otklik:${account}:draft`
  const [draft, setDraft] = useState(() => {
    try {
      return sessionStorage.getItem(key) ?? ''
    } catch {
      return ''
    }
  })
  const write = (text: string) => {
    setDraft(text)
    try {
      if (text) sessionStorage.setItem(key, text)
      else sessionStorage.removeItem(key)
    } catch {
      // Storage is forbidden or full: the draft lives as long as the page.
    }
  }
  return [draft, write]
}
