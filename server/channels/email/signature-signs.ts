/** «-- », «--», «__», «—»: a line of its own above a signature (RFC 3676 §4.3 and what programs make of it). */
export function isSignatureLine(line: string): boolean {
  return /^\s?(?:--|_{2,}|—{1,8}|–{2})\s*$/.test(line)
}

const closings =
  /^(?:(?:best|kind|warm|kindest|warmest|with (?:best|kind)) regards|regards|best wishes|sincerely|sincerely yours|yours (?:sincerely|truly|faithfully)|(?:с|c) уважением|с наилучшими(?: пожеланиями)?|всего (?:доброго|хорошего|наилучшего)|с почтением|искренне ваш\p{L}*|mit freundlichen grüßen|cordialement)[\s,.!—–-]*$/iu

/** «С уважением,» or «Best regards» alone on a line, or before a name («С уважением, Иван Петров»). */
export function isClosing(line: string): boolean {
  const text = line.trim()
  const [phrase = '', name] = text.split(/,\s*/)
  if (closings.test(text)) return true
  return (
    closings.test(phrase) &&
    name !== undefined &&
    /^\p{Lu}[\p{L}.-]*(?: \p{Lu}[\p{L}.-]*){0,3}[.!]?$/u.test(name)
  )
}

/** «-Abhishek Kona», «—Иван» */
export function isDashedName(line: string): boolean {
  return /^[-—–]\p{Lu}\p{L}+(?: \p{Lu}[\p{L}.]*){0,2}\s*$/u.test(line)
}

const english = /^(?:sent (?:from|via|with|using)|get) (?:my |a |an |the )?[\p{L}\d][^,;:!?]{0,60}$/iu
const russian =
  /^(?:отправлено|послано|написано) (?:с|со|из|через|при помощи) (?:моб|моего|яндекс|почты|приложени|смартфон|планшет|телефон|устройств|iphone|ipad|android|samsung|huawei|honor|xiaomi|galaxy|mail|my ?mail|outlook|bluemail|windows|thunderbird|gmail).{0,60}$/iu
const others =
  /^(?:gesendet von|von meinem \p{L}+ gesendet|envoyé (?:de|depuis|à partir de)|enviado desde|inviato da|verzonden vanaf) .{1,60}$/iu

/**
 * «Отправлено из мобильной Яндекс Почты», «Sent from my iPhone», «Get Outlook for iOS<https://…>»: a line that a program added.
 * A sentence that begins alike («Sent from my desk, is much easier.») is not one.
 */
export function isDeviceLine(line: string): boolean {
  const text = line.replace(/[<(]?https?:\S*/g, '').trim()
  if (/[.!?]$/.test(text) || text.split(/\s+/).length > 9) return false
  const isGet = /^get /i.test(text)
  return (
    (isGet ? /^get (?:outlook|bluemail|typeapp|yahoo) /i.test(`${text} `) : english.test(text)) ||
    russian.test(text) ||
    others.test(text)
  )
}
