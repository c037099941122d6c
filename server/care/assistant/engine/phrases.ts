import type { FlowWords } from '../../../../contracts/flows.ts'
import type { Locale } from '../../../../contracts/primitives.ts'

const words = (ru: string, en: string): FlowWords => ({ ru, en })

/** What the engine itself says, whatever the flow. */
export const PHRASES = {
  person: words('Позвать человека', 'A person, please'),
  yes: words('Да', 'Yes'),
  no: words('Нет', 'No'),
  notUnderstood: words(
    'Не понял вас. Скажите иначе или выберите из списка.',
    'I did not get that. Say it another way, or choose.',
  ),
  notUnderstoodFree: words(
    'Не понял вас. Скажите, пожалуйста, иначе.',
    'I did not get that. Please say it another way.',
  ),
  calling: words(
    'Зову человека. Всё, что вы рассказали, он увидит — повторять не придётся.',
    'Calling a person. They will see all that you have told: no need to repeat it.',
  ),
  emergency: words(
    'Если кому-то угрожает опасность, звоните 112: звонок бесплатный, работает без денег на счёте и без SIM-карты. Пожар — 101, полиция — 102, скорая — 103. Я уже зову человека, он поможет здесь.',
    'If anybody is in danger, call 112: it is free and works without money or a SIM card. Fire 101, police 102, ambulance 103. I am calling a person to help you here, too.',
  ),
  doubt: words('Вы про это: «{title}»?', 'Is it about this: “{title}”?'),
  confirm: words('{effects} Подтверждаете?', '{effects} Do you confirm?'),
  number: words(
    'Это личные сведения, поэтому сначала проверю, что номер ваш. Напишите номер телефона — пришлю на него код по SMS.',
    'This is personal, so let me check first that the number is yours. Write your number and I will send a code to it by SMS.',
  ),
  numberAgain: words(
    'Напишите номер целиком, например +7 900 123-45-67.',
    'Write the whole number, such as +7 900 123-45-67.',
  ),
  code: words('Отправил код из 6 цифр. Напишите его сюда.', 'I have sent a code of 6 digits. Write it here.'),
  codeAgain: words(
    'Код не подошёл. Проверьте и напишите 6 цифр ещё раз.',
    'That code is not right. Check it and write the 6 digits again.',
  ),
  codeOver: words(
    'С кодом сейчас не получается: попыток было слишком много. Зову человека, он проверит иначе. Новый код можно получить позже.',
    'The code does not work out now: there were too many attempts. Calling a person who will check in another way. You can get a new code later.',
  ),
  promised: words(
    'Помню: {day} вам перезвонит человек, всё написанное здесь он увидит.',
    'I remember: a person will call you on {day} and will see all that is written here.',
  ),
  line: words('У вас несколько номеров. О каком речь?', 'You have several numbers. Which one is it about?'),
} as const satisfies Record<string, FlowWords>

/** That a person is called. */
export const sayCalling = (locale: Locale): string => PHRASES.calling[locale]
