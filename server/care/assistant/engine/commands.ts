/**
 * What is heard at every moment, without any training: a person, an emergency, the beginning. Short words of command only, except where
 * life is in danger: there a needless card costs little.
 */
export type Command = 'person' | 'emergency' | 'menu'

const MOST_WORDS = 7

const EMERGENCY = [
  // By itself: no piece of a phone number «8 900 112-45-67», and nothing that is counted: «списали 112 рублей».
  /(?<![\p{L}\d]|\d )(?:112|103)(?![\p{L}\d]| \d| (?:руб|р(?!\p{L})|коп|мин|сек|гб|мб|гиг|мег|смс|шт|дн|дней|раз|процент|sms|[gm]b|gig|meg|min|rub|rouble|kop|day|percent))/u,
  /(?:вызов\p{L}*|нужн\p{L}*|срочно|приезжа\p{L}*)\s+(?:скор\p{L}+|полици\p{L}+|пожарн\p{L}+|спасател\p{L}+)/u,
  /скор(?:ую|ая)\s+помощь/u,
  /(?:у нас|в доме|в квартире|начался|горит)\s+(?:пожар|дом|квартира)/u,
  /(?:человек\p{L}*|ребен\p{L}+|мам\p{L}*|пап\p{L}*|муж\p{L}*|жен\p{L}*|дедушк\p{L}+|бабушк\p{L}+|сын\p{L}*|дочь|дочк\p{L}+)\s+(?:не дышит|умирает|без сознания|истекает кровью)/u,
  /(?:мне|ему|ей)\s+плохо\s+с\s+сердцем/u,
  /(?:хочу|собираюсь)\s+(?:умереть|покончить с собой)|не хочу (?:больше )?жить|суицид/u,
  /меня\s+(?:убива\p{L}+|бь(?:ют|ет)|похитил\p{L}*|насилу\p{L}+)/u,
  /\b(?:call|need)\s+(?:an?\s+)?(?:ambulance|police|fire brigade)\b/u,
  /\b(?:heart attack|not breathing|on fire|kill myself|suicide|being attacked)\b/u,
]

const PERSON = [
  /(?:позов|соедин|перевед|переключ|дай|нуж(?:ен|на|но)|хочу|можно|пригласи|свяж)\p{L}*(?:\s+\p{L}+){0,3}\s+(?:оператор|человек|сотрудник|специалист|менеджер|консультант|агент|жив)\p{L}*/u,
  /^(?:оператор|человек|живой человек|сотрудник|специалист|консультант|менеджер)\p{L}*$/u,
  /(?:поговорить|общаться)\s+с\s+(?:оператор|человек|сотрудник|специалист|жив|кем)\p{L}*/u,
  /^(?:не робот|не бот|достал бот|ты бот|вы бот)$/u,
  /^(?:a |an |the )?(?:human|person|agent|operator|representative)(?: please)?$/u,
  /\b(?:talk|speak|chat|connect me)\s+(?:to|with)\s+(?:a |an |the )?(?:real |live )?(?:human|person|agent|operator|someone|somebody|representative)\b/u,
  /\b(?:real|live)\s+(?:human|person|agent)\b/u,
]

const MENU = [
  /^(?:меню|главное меню|в начало|начало|сначала|старт|start|menu|main menu|начать|привет|здравствуйте|добрый (?:день|вечер)|доброе утро|hi|hello|hey)$/u,
]

/** What is commanded, if anything is. */
export function commandIn(text: string): Command | null {
  const said = text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll('₽', ' руб')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()
  if (said === '') return null
  if (EMERGENCY.some((pattern) => pattern.test(said))) return 'emergency'
  if (said.split(' ').length > MOST_WORDS) return null
  if (PERSON.some((pattern) => pattern.test(said))) return 'person'
  return MENU.some((pattern) => pattern.test(said)) ? 'menu' : null
}
