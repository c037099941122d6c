/** Texts of the page in the chosen language, and dates and numbers as people say them. */
const asked = new URLSearchParams(location.search).get('lang')
const guessed = navigator.language.startsWith('ru') ? 'ru' : 'en'
export const lang = asked === 'ru' || asked === 'en' ? asked : guessed

const texts = await (await fetch(`locales/${lang}.json`)).json()
export const t = (key) => texts[key] ?? key

export const timeOf = (at) =>
  new Date(at).toLocaleTimeString(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

export function dayOf(at) {
  const day = new Date(at).toDateString()
  if (day === new Date().toDateString()) return t('today')
  if (day === new Date(Date.now() - 86_400_000).toDateString()) return t('yesterday')
  return new Date(at).toLocaleDateString(lang, { day: 'numeric', month: 'long' })
}

/** +7 900 123-45-67, with no-break spaces. */
export function phoneOf(msisdn) {
  const parts = /^7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(msisdn)
  return parts ? `+7\u00a0${parts[1]}\u00a0${parts[2]}-${parts[3]}-${parts[4]}` : `+${msisdn}`
}

export function sizeOf(bytes) {
  const [unit, value] =
    bytes < 1024
      ? ['byte', bytes]
      : bytes < 1_048_576
        ? ['kilobyte', bytes / 1024]
        : ['megabyte', bytes / 1_048_576]
  return value.toLocaleString(lang, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  })
}
