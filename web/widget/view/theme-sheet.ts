import { accentOf } from './theme.ts'

const RADIUS_MAX = 24

const variables = (accent: string, scheme: 'light' | 'dark'): string => {
  const { fill, onFill, ink } = accentOf(accent, scheme)
  return `--otk-accent:${fill};--otk-on-accent:${onFill};--otk-ink:${ink}`
}

/**
 * The operator's colours and roundness as a constructed style sheet, which no `style-src` policy forbids.
 * @param accent a colour as the configuration gives it; unreadable ones fall back to the default
 * @param radius pixels, 0–24
 */
export const themeSheet = (accent: string, radius: number): CSSStyleSheet => {
  const sheet = new CSSStyleSheet()
  const round = Number.isFinite(radius) ? Math.min(Math.max(radius, 0), RADIUS_MAX) : 16
  sheet.replaceSync(
    `:host{--otk-radius:${round}px;${variables(accent, 'light')}}` +
      `@media(prefers-color-scheme:dark){:host(:not([data-theme=light])){${variables(accent, 'dark')}}}` +
      `:host([data-theme=dark]){${variables(accent, 'dark')}}`,
  )
  return sheet
}
