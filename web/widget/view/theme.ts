/** A colour as red, green, blue, each 0–255. */
type Rgb = readonly [number, number, number]

/** Colours that depend on the operator's accent, legible on their grounds (WCAG AA). */
export interface Accent {
  /** Fills: the launcher, the visitor's bubbles, the send button. */
  readonly fill: string
  readonly onFill: string
  /** The accent as text and thin lines on the panel. */
  readonly ink: string
}

const DEFAULT = '#0f766e'
const DEFAULT_DARK = '#2dd4bf'
const GROUNDS = { light: '#ffffff', dark: '#1a1917' } as const

/** @returns undefined for anything but `#rgb` and `#rrggbb`: the value goes into a style sheet */
const parse = (colour: string): Rgb | undefined => {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour)
  const hex = short ? `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : colour
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)
  if (!long) return undefined
  const channel = (i: number) => Number.parseInt(long[i] ?? '0', 16)
  return [channel(1), channel(2), channel(3)]
}

const format = (rgb: Rgb): string =>
  `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`

/** Relative luminance, WCAG 2.2. */
const luminance = (rgb: Rgb): number => {
  const [r, g, b] = rgb.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}

const contrast = (a: Rgb, b: Rgb): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** Moves the colour towards another one until it stands out from the ground by 4.5 : 1. */
const legible = (colour: Rgb, ground: Rgb, towards: Rgb): Rgb => {
  for (let share = 0; share < 1; share += 0.05) {
    const [r, g, b] = [0, 1, 2].map((i) => (colour[i] ?? 0) * (1 - share) + (towards[i] ?? 0) * share)
    const mixed: Rgb = [r ?? 0, g ?? 0, b ?? 0]
    if (contrast(mixed, ground) >= 4.5) return mixed
  }
  return towards
}

const WHITE: Rgb = [255, 255, 255]
const INK: Rgb = [28, 27, 25]

/**
 * Derives what the theme needs from one accent.
 * @param colour `#rgb` or `#rrggbb`; anything else means the default teal
 */
export const accentOf = (colour: string, scheme: 'light' | 'dark'): Accent => {
  const dark = scheme === 'dark'
  const plain = parse(colour) ? colour : DEFAULT
  const chosen = dark && plain.toLowerCase() === DEFAULT ? DEFAULT_DARK : plain
  const rgb = parse(chosen) ?? WHITE
  const ground = parse(GROUNDS[scheme]) ?? WHITE
  const ink = legible(rgb, ground, dark ? WHITE : INK)
  // A near-black accent must still be seen as a shape on the dark panel.
  const fill = dark && contrast(rgb, ground) < 3 ? ink : rgb
  return {
    fill: format(fill),
    // Whatever white cannot stand on, this can: every colour is 4.5 : 1 from one of the two.
    onFill: contrast(fill, WHITE) >= 4.5 ? '#ffffff' : '#000000',
    ink: format(ink),
  }
}
