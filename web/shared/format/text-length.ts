import type { Capabilities } from '../../../contracts/channels.ts'

// GSM 03.38 basic set and its extension: what fits 160 to an SMS; anything else makes it UCS-2 with 70.
const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/
const GSM_DOUBLE = /[\^{}\\[~\]|€]/g

/** How many SMS a text takes (3GPP TS 23.038 and 23.040: 160/153 seven-bit signs or 70/67 UCS-2 units). */
export function smsSegments(text: string): number {
  if (text === '') return 0
  const sevenBit = GSM.test(text)
  const length = sevenBit ? text.length + (text.match(GSM_DOUBLE)?.length ?? 0) : text.length
  const [single, part] = sevenBit ? [160, 153] : [70, 67]
  return length <= single ? 1 : Math.ceil(length / part)
}

/** Length of a text in the unit in which its channel counts. */
export function textLength(text: string, unit: Capabilities['textUnit']): number {
  if (unit === 'utf16') return text.length
  return unit === 'sms-segments' ? smsSegments(text) : [...text].length
}
