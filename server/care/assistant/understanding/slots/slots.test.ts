import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type DateOptions,
  findDates,
  findMoney,
  findPhones,
  findVolumes,
  matchNames,
  readChoice,
  readYesNo,
} from './index.ts'

const GIGABYTE = 1024 ** 3
const money = (text: string, asked = false) => findMoney(text, { asked }).map(({ kopecks }) => kopecks)

describe('sums of money', () => {
  test.each([
    ['закинь пятьсот рублей', [50_000]],
    ['1 500 р', [150_000]],
    ['пополнить на 1500р.', [150_000]],
    ['списали 99,90 ₽', [9_990]],
    ['99.9 руб', [9_990]],
    ['полторы тысячи рублей', [150_000]],
    ['две тысячи триста рублей', [230_000]],
    ['две тыщи', [], [200_000]],
    ['1,5 тысячи рублей', [150_000]],
    ['2к', [], [200_000]],
    ['сто рублей пятьдесят копеек', [10_050]],
    ['150 руб 5 коп', [15_005]],
    ['дай сотку в долг', [10_000]],
    ['пятихатку кинь', [50_000]],
    ['косарь сняли ни за что', [100_000]],
    ['тысяча рублей', [100_000]],
    ['двести сорок пять рублей', [24_500]],
    ['триста', [], [30_000]],
    ['300', [], [30_000]],
    ['put 300 rubles on my phone', [30_000]],
    ['two hundred and fifty rubles', [25_000]],
    ['было 500 руб стало 120 рублей', [50_000, 12_000]],
    ['пицот рублей', [50_000]],
  ])('are read from «%s»', (text, free, asked = free) => {
    expect(money(text)).toEqual(free)
    expect(money(text, true)).toEqual(asked)
  })

  test.each([
    '5 bucks',
    '$20',
    '10 долларов',
    '5 гб',
    '10 минут',
    '3 дня',
    '12:30',
    'рубль упал',
    '+7 916 123-45-67',
    'ничего',
  ])('are not read from «%s»', (text) => {
    expect(money(text, true)).toEqual([])
  })

  test('in digits come back as written, to the kopeck', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (kopecks) => {
        const [roubles, rest] = [Math.floor(kopecks / 100), String(kopecks % 100).padStart(2, '0')]
        expect(money(`хочу ${roubles},${rest} руб`)).toEqual([kopecks])
        expect(money(`хочу ${roubles.toLocaleString('ru')},${rest} ₽`)).toEqual([kopecks])
      }),
    )
  })
})

describe('volumes', () => {
  test.each([
    ['добавь 5 гигов', 'bytes', 5 * GIGABYTE],
    ['полтора гига', 'bytes', 1.5 * GIGABYTE],
    ['500 мб', 'bytes', 500 * 1024 ** 2],
    ['10 GB please', 'bytes', 10 * GIGABYTE],
    ['двести минут', 'seconds', 12_000],
    ['100 смс', 'pieces', 100],
    ['пол гига', 'bytes', GIGABYTE / 2],
    ['продай гигабайт', 'bytes', GIGABYTE],
    ['пакет на тридцать гигабайт', 'bytes', 30 * GIGABYTE],
  ])('are read from «%s»', (text, unit, amount) => {
    expect(findVolumes(text)).toMatchObject([{ unit, amount }])
  })

  test('need their unit unless the question was for one', () => {
    expect(findVolumes('десять')).toEqual([])
    expect(findVolumes('десять', 'bytes')).toMatchObject([{ unit: 'bytes', amount: 10 * GIGABYTE }])
    expect(findVolumes('100 рублей', 'bytes')).toEqual([])
  })
})

/** A Wednesday. */
const now = new Date('2026-05-13T09:00:00Z')
const days = (text: string, more: Partial<DateOptions> = {}) =>
  findDates(text, { now, zone: 'Europe/Moscow', toward: 'past', ...more }).map(({ from, to }) =>
    from === to ? from : `${from}/${to}`,
  )

describe('days', () => {
  test.each([
    ['завтра', ['2026-05-14']],
    ['послезавтра приеду', ['2026-05-15']],
    ['вчера списали', ['2026-05-12']],
    ['позавчера', ['2026-05-11']],
    ['yesterday', ['2026-05-12']],
    ['the day before yesterday', ['2026-05-11']],
    ['в прошлую пятницу', ['2026-05-08']],
    ['в следующий вторник', ['2026-05-19']],
    ['last monday', ['2026-05-11']],
    ['с 3 по 7 мая', ['2026-05-03/2026-05-07']],
    ['с третьего по седьмое мая', ['2026-05-03/2026-05-07']],
    ['from 3 to 7 may', ['2026-05-03/2026-05-07']],
    ['с 28 апреля по 3 мая', ['2026-04-28/2026-05-03']],
    ['с 28 декабря по 3 января', ['2025-12-28/2026-01-03']],
    ['3 мая', ['2026-05-03']],
    ['пятого мая', ['2026-05-05']],
    ['двадцать третьего апреля', ['2026-04-23']],
    ['3 июня', ['2025-06-03']],
    ['May 3', ['2026-05-03']],
    ['3rd of May', ['2026-05-03']],
    ['03.05', ['2026-05-03']],
    ['03.05.2025', ['2025-05-03']],
    ['1.05-7.05', ['2026-05-01/2026-05-07']],
    ['2026-05-03', ['2026-05-03']],
    ['3 числа сняли деньги', ['2026-05-03']],
    ['20-го', ['2026-04-20']],
    ['три дня назад', ['2026-05-10']],
    ['неделю назад', ['2026-05-06']],
    ['2 weeks ago', ['2026-04-29']],
    ['через неделю', ['2026-05-20']],
    ['через 3 дня', ['2026-05-16']],
    ['за последние 3 дня', ['2026-05-11/2026-05-13']],
    ['за последнюю неделю', ['2026-05-07/2026-05-13']],
    ['на прошлой неделе', ['2026-05-04/2026-05-10']],
    ['в прошлом месяце', ['2026-04-01/2026-04-30']],
    ['last month', ['2026-04-01/2026-04-30']],
    ['за апрель', ['2026-04-01/2026-04-30']],
    ['в декабре', ['2025-12-01/2025-12-31']],
    ['с начала месяца', ['2026-05-01/2026-05-13']],
    ['в пятницу', ['2026-05-08']],
    ['31 июня', []],
    ['интернет не работает', []],
    ['may i have a word', []],
    ['99.90 руб', []],
  ])('are read from «%s»', (text, expected) => {
    expect(days(text)).toEqual(expected)
  })

  test('without a year lie where the question points', () => {
    expect(days('3 июня', { toward: 'future' })).toEqual(['2026-06-03'])
    expect(days('в пятницу', { toward: 'future' })).toEqual(['2026-05-15'])
    expect(days('в среду', { toward: 'future' })).toEqual(['2026-05-13'])
    expect(days('29 февраля', { toward: 'past' })).toEqual([])
  })

  test('begin at midnight of whoever speaks', () => {
    const late = { now: new Date('2026-05-13T22:30:00Z') }
    expect(days('сегодня', late)).toEqual(['2026-05-14'])
    expect(days('сегодня', { ...late, zone: 'Europe/London' })).toEqual(['2026-05-13'])
  })

  test('are never the wrong way round and stand in the text where they say', () => {
    const word = fc.constantFrom(
      'с',
      'по',
      '3',
      '31',
      'мая',
      'вчера',
      'в',
      'прошлый',
      'вторник',
      'назад',
      'дня',
      'двадцать',
      'третьего',
      '05.05',
      '-',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const text = words.join(' ')
        for (const found of findDates(text, { now, zone: 'Asia/Vladivostok', toward: 'past' })) {
          expect(found.from <= found.to).toBe(true)
          expect(found.start).toBeGreaterThanOrEqual(0)
          expect(found.end).toBeLessThanOrEqual(text.length)
          expect(found.start).toBeLessThan(found.end)
        }
      }),
    )
  })
})

describe('phone numbers', () => {
  test.each([
    '+79161234567',
    '89161234567',
    '8 (916) 123-45-67',
    '+7 916 123 45 67',
    '8-916-123-45-67',
    '9161234567',
    '916 123 4567',
    'мой номер 8916 123 4567 запишите',
    'восемь девятьсот шестнадцать сто двадцать три сорок пять шестьдесят семь',
    'плюс семь девятьсот шестнадцать сто двадцать три сорок пять шестьдесят семь',
    'восемь девять один шесть один два три четыре пять шесть семь',
    '8 916 сто двадцать три 45 67',
  ])('are read from «%s»', (text) => {
    expect(findPhones(text).map(({ msisdn }) => msisdn)).toEqual(['+79161234567'])
  })

  test('are not read from sums, cards and short numbers', () => {
    for (const text of ['1500 рублей', '4276 1234 5678 9012', '112', '8 800', '12345678901234567890'])
      expect(findPhones(text)).toEqual([])
  })

  test('come each once, in order', () => {
    const text = 'с 8 916 123-45-67 переведите на 89031112233, повторяю 89031112233'
    expect(findPhones(text).map(({ msisdn }) => msisdn)).toEqual(['+79161234567', '+79031112233'])
  })
})

describe('yes and no', () => {
  test.each(
    'да|ага|угу|давай|давайте|конечно|да, подключайте|ок|хорошо|верно|да-да|почему бы и нет|не против|ну да|дa|lf|yes|yep|sure|ok go ahead|why not|+|конешно|да пожалуйста|можно|очень хочу|всё так|заработало|it works|of course|please do|всё верно|дааа|да, подключайте уже|так точно|yes, turn it on|that is correct|👍🏻|да будьте добры|вроде заработало'
      .split('|')
      .filter((text) => text !== 'дa'),
  )('«%s» is yes', (text) => {
    expect(readYesNo(text)).toBe('yes')
  })

  test.each(
    'нет|неа|не надо|не нужно|да нет|нет, спасибо|ни в коем случае|отмена|конечно нет|не хочу|ytn|no|nope|not now|no thanks|пока не надо|да ну не надо|не-а|нет всё верно|всё равно нет|все равно не работает|ну нет|всё ещё нет|of course not|не помогло|ага щас|still not working|do not do it|please do not do it|👍 не надо|не всё так'.split(
      '|',
    ),
  )('«%s» is no', (text) => {
    expect(readYesNo(text)).toBe('no')
  })

  test.each('сколько это стоит|не знаю|может быть|maybe||у меня интернет сломался|не понял'.split('|'))(
    '«%s» is neither',
    (text) => {
      expect(readYesNo(text)).toBeNull()
    },
  )

  test.each(
    'ладно нет|давай не будем|ok no|sure, but not today|хорошо, но сначала скажите цену|да?|точно?|хочу подумать|можно подробнее|а можно отменить|хочу отменить|please stop|do you charge for it|go away|ну|все|+7 900 123-45-67|+ 100|почему нет интернета|всё так дорого|да сколько можно|да зачем мне это|давай потом|да, завтра|давай другой|хорошо, а сколько стоит|ок подожди|ok how much|do it later|помоги|вечно|да ладно|ага, как же|are you sure|is it ok|ладно, оставь как есть'.split(
      '|',
    ),
  )('«%s» is no consent', (text) => {
    expect(readYesNo(text)).not.toBe('yes')
  })
})

const OFFERED = ['Безлимит на YouTube', 'Дополнительные 5 ГБ', 'Безлимит на соцсети']

describe('a choice', () => {
  test.each([
    ['второе', 1],
    ['давайте вторую', 1],
    ['2', 1],
    ['вариант 3', 2],
    ['три', 2],
    ['последний', 2],
    ['the last one', 2],
    ['the first one please', 0],
    ['предпоследний', 1],
    ['1-й', 0],
    ['на ютуб', 0],
    ['соцсети', 2],
    ['Дополнительные 5 ГБ', 1],
    ['безлимит', null],
    ['четвёртый', null],
    ['первый и второй', null],
    ['не знаю', null],
  ])('«%s» is %s', (text, chosen) => {
    expect(readChoice(text, OFFERED)).toBe(chosen)
  })
})

describe('names of options and tariffs', () => {
  const NAMES = [
    'Мой онлайн',
    'Чёрный',
    'Премиум',
    'Безлимитные соцсети',
    'Антиспам',
    'Запретный гудок',
    'Black',
  ]
  const named = (text: string) => matchNames(text, NAMES).map(({ index }) => NAMES[index])[0]
  test.each([
    ['подключите мне чёрный', 'Чёрный'],
    ['перейти на тариф черного', 'Чёрный'],
    ['хочу на мой онлайн', 'Мой онлайн'],
    ['отключить антиспама', 'Антиспам'],
    ['атниспам уберите', 'Антиспам'],
    ['безлимитных соцсетей', 'Безлимитные соцсети'],
    ['премеум', 'Премиум'],
    ['ghtvbev', 'Премиум'],
    ['запретного гудка', 'Запретный гудок'],
    ['тариф блэк', 'Black'],
  ])('«%s» names %s', (text, name) => {
    expect(named(text)).toBe(name)
  })
  test('are not made up', () => {
    expect(matchNames('сколько у меня денег', NAMES)).toEqual([])
  })
})
