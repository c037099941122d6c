import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { aStaffCaller } from '../factories/caller.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDesigner, dragWay, openFlow, picture, stepOf, talkOf } from './designer.ts'
import { launchBrowser, PHONE } from './launch.ts'
import { violationsOf } from './violations.ts'

let otklik: TestOtklik
let browser: Browser

beforeAll(async () => {
  ;[browser, otklik] = await Promise.all([launchBrowser(), anOtklik()])
  await otklik.understanding.drain()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

describe('the editor of flows', () => {
  test('a designer walks the graph by keys, changes a text, is told what is wrong where, tries it, publishes it, and takes it back', async () => {
    const page = await aDesigner(browser, otklik)
    await picture(page, 'list')
    await page.getByRole('link', { name: /Остатки и баланс/ }).click()
    await talkOf(page).getByText('Что-нибудь ещё?').waitFor()
    await picture(page, 'graph')
    await stepOf(page, 'look').focus()
    await page.keyboard.press('ArrowDown')
    const there = await page.evaluate<string>('document.activeElement?.dataset.step ?? ""')
    expect(there).not.toBe('')
    await stepOf(page, 'more').focus()
    await page.keyboard.press('Enter')
    const says = page.getByRole('textbox', { name: 'Спрашивает: Русский' })
    await says.fill('')
    await page.getByText('1 ошибка мешает публикации').waitFor()
    await page
      .getByRole('list', { name: 'Что не так' })
      .getByText(/на обоих языках/)
      .waitFor()
    await page.getByRole('button', { name: /^more.*1 ошибка/ }).waitFor()
    expect(await page.getByRole('button', { name: 'Опубликовать…' }).isDisabled()).toBe(true)
    await picture(page, 'wrong')
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Control+Z')
    expect(await says.inputValue()).toBe('Что-нибудь ещё?')
    await says.fill('Чем ещё помочь?')
    await page.getByRole('tab', { name: 'Проба' }).click()
    await talkOf(page).getByText('Чем ещё помочь?').waitFor()
    await picture(page, 'trial')
    await page.getByRole('button', { name: 'Опубликовать…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Чем ещё помочь?').waitFor()
    await picture(page, 'publish')
    await dialog.getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByText('в работе v3').waitFor()
    expect(await wordsInForce('left', 'more')).toBe('Чем ещё помочь?')
    await page.getByRole('tab', { name: 'История' }).click()
    await page.getByText('Опубликована v3').waitFor()
    await picture(page, 'history')
    await page.getByRole('button', { name: 'Вернуть в работу' }).last().click()
    await page.getByText('в работе v1').waitFor()
    expect(await wordsInForce('left', 'more')).toBe('Что-нибудь ещё?')
    await page.context().close()
  }, 180_000)

  test('a step is put on a way, renamed, taken out and brought back; a file leaves and comes', async () => {
    const page = await aDesigner(browser, otklik, { colorScheme: 'dark' })
    await openFlow(page, otklik, 'charges')
    await stepOf(page, 'tell').click()
    await page.getByRole('button', { name: 'Понятно: новый шаг на этом пути' }).click()
    await page.getByRole('menuitem', { name: 'Сказать' }).click()
    await stepOf(page, 'say').waitFor()
    await page.getByRole('textbox', { name: 'Имя шага' }).fill('thanks')
    await page.keyboard.press('Enter')
    await stepOf(page, 'thanks').waitFor()
    await page.getByRole('textbox', { name: 'Говорит: Русский' }).fill('Рад помочь.')
    await page.getByRole('textbox', { name: 'Говорит: Английский' }).fill('Glad to help.')
    await page.getByText('Можно публиковать').waitFor()
    await picture(page, 'dark')
    expect(await violationsOf(page)).toEqual([])
    await stepOf(page, 'thanks').focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => stepOf(page, 'thanks').count()).toBe(0)
    await page.keyboard.press('Control+Z')
    await stepOf(page, 'thanks').waitFor()
    await page.keyboard.press('Control+S')
    await page.getByText('Черновик сохранён').waitFor()
    await page.getByRole('button', { name: 'Файл сценария' }).click()
    const leaving = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Скачать YAML' }).click()
    const file = await (await leaving).path()
    const coming = page.waitForEvent('filechooser')
    await page.getByRole('menuitem', { name: 'Загрузить YAML…' }).click()
    await (await coming).setFiles(file)
    await page.getByText('Загружено как черновик').waitFor()
    await page.context().close()
  }, 180_000)

  test('a way is dragged to another step, and taken back', async () => {
    const page = await aDesigner(browser, otklik)
    const designer = await aStaffCaller(otklik.url, otklik.logins.pavel)
    const save = () => page.getByRole('button', { name: 'Сохранить' }).click()
    const leadsTo = async () => {
      const { flow } = await designer.call(contracts.flows.getFlow, { params: { key: 'charges' } })
      return flow.nodes.look?.kind === 'do' ? flow.nodes.look.failed : undefined
    }
    await openFlow(page, otklik, 'charges')
    await dragWay(page, { from: 'look', exit: 'failed', to: 'bye' })
    await picture(page, 'way-dragged')
    await save()
    await expect.poll(leadsTo).toBe('bye')
    await stepOf(page, 'look').focus()
    await page.keyboard.press('Control+Z')
    await save()
    await expect.poll(leadsTo).toBe('away')
    await page.context().close()
  }, 120_000)

  /** Somebody saves the title of a flow; what they say it is now. */
  const retitle = async (who: { email: string; password: string }, title: string) => {
    const caller = await aStaffCaller(otklik.url, who)
    const { flow, version } = await caller.call(contracts.flows.getFlow, { params: { key: 'thanks' } })
    return caller.call(contracts.flows.saveFlowDraft, {
      params: { key: 'thanks' },
      body: { basedOn: version, flow: { ...flow, title: { ru: title, en: title } } },
    })
  }
  const farewell = (page: Page) => page.getByRole('textbox', { name: 'Говорит: Русский' })
  const write = async (page: Page, text: string) => {
    await openFlow(page, otklik, 'thanks')
    await stepOf(page, 'bye').click()
    await farewell(page).fill(text)
  }
  const save = (page: Page) => page.getByRole('button', { name: 'Сохранить' }).click()

  test('who saves over another’s newer version is told, and chooses', async () => {
    const page = await aDesigner(browser, otklik)
    await write(page, 'Всегда пожалуйста!')
    await retitle(otklik.logins.admin, 'Прощание')
    await save(page)
    await page
      .getByRole('main')
      .getByText(/Пока вы правили, Ольга Белова/)
      .waitFor()
    expect(await page.getByText('Показываем свежее').count()).toBe(0)
    await page.getByRole('button', { name: 'Оставить мою поверх неё' }).click()
    await save(page)
    await page.getByText('Черновик сохранён').waitFor()
    const designer = await aStaffCaller(otklik.url, otklik.logins.pavel)
    const kept = await designer.call(contracts.flows.getFlow, { params: { key: 'thanks' } })
    expect(kept.flow.nodes.bye).toMatchObject({ words: { ru: 'Всегда пожалуйста!' } })
    await page.context().close()
  }, 120_000)

  test('who takes another’s version instead of their own can have their own back', async () => {
    const page = await aDesigner(browser, otklik)
    await write(page, 'Обращайтесь, мы рядом.')
    await retitle(otklik.logins.admin, 'До встречи')
    await save(page)
    await page.getByRole('button', { name: 'Взять новую вместо моей' }).click()
    await page.getByText(/Вернуть свою: Ctrl Z/).waitFor()
    await page.getByRole('heading', { name: 'До встречи' }).waitFor()
    expect(await farewell(page).inputValue()).not.toBe('Обращайтесь, мы рядом.')
    await page.getByRole('button', { name: 'Отменить правку' }).click()
    expect(await farewell(page).inputValue()).toBe('Обращайтесь, мы рядом.')
    await page.context().close()
  }, 120_000)

  test('what one saved oneself in another tab is not said to be somebody else’s', async () => {
    const page = await aDesigner(browser, otklik)
    await write(page, 'Всего хорошего.')
    await retitle(otklik.logins.pavel, 'Напоследок')
    await save(page)
    await page
      .getByRole('main')
      .getByText(/вы сами сохранили версию \d+ в другом окне/)
      .waitFor()
    await picture(page, 'own-other-tab')
    await page.getByRole('button', { name: 'Оставить эту поверх той' }).click()
    await save(page)
    await page.getByText('Черновик сохранён').waitFor()
    await page.context().close()
  }, 120_000)

  test('a version that is put in force meanwhile keeps nobody from saving', async () => {
    const page = await aDesigner(browser, otklik)
    await write(page, 'Не за что!')
    const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
    const params = { key: 'thanks' }
    const { version } = await admin.call(contracts.flows.getFlow, { params })
    await admin.call(contracts.flows.publishFlow, { params, body: { basedOn: version } })
    await save(page)
    await page.getByText('Черновик сохранён').waitFor()
    const kept = await admin.call(contracts.flows.getFlow, { params })
    expect(kept.flow.nodes.bye).toMatchObject({ words: { ru: 'Не за что!' } })
    await page.context().close()
  }, 120_000)

  test('a file that comes over what is not saved can be taken back; a key that is taken is told before', async () => {
    const page = await aDesigner(browser, otklik)
    await page.getByRole('button', { name: 'Новый сценарий' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Ключ').fill('thanks')
    expect(await dialog.getByText('Нужен текст').count()).toBe(0)
    await dialog.getByText('Такой ключ уже есть').waitFor()
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: 'Закрыть без сохранения' }).click()
    await openFlow(page, otklik, 'complaint')
    await page.getByRole('button', { name: 'Файл сценария' }).click()
    const leaving = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Скачать YAML' }).click()
    const file = await (await leaving).path()
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'Сценарий' }).click()
    const title = page.getByRole('textbox', { name: 'Название: Русский' })
    await title.fill('Жалоба, которой нет')
    await page.getByRole('button', { name: 'Файл сценария' }).click()
    const coming = page.waitForEvent('filechooser')
    await page.getByRole('menuitem', { name: 'Загрузить YAML…' }).click()
    await (await coming).setFiles(file)
    await expect.poll(() => title.inputValue()).toBe('Жалоба')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Отменить правку' }).click()
    await expect.poll(() => title.inputValue()).toBe('Жалоба, которой нет')
    await page.context().close()
  }, 120_000)

  test('shows on the ways how many went, and where they stopped', async () => {
    const ago = (ms: number) => new Date(otklik.clock.now().getTime() - ms)
    const logged = (id: string, turn: number, way: string[], effect: string | null) =>
      rows(
        otklik.db,
        sql`insert into assistant.turn (conversation_id, turn, at, flow_key, flow_version, node, engine, effect, way)
          values (${id}, ${turn}, ${ago(1000)}, 'left', 1, ${way.at(-1) ?? ''}, 'flow', ${effect}, ${way}::text[])`,
      )
    await rows(otklik.db, sql`update assistant.traffic_mark set counted_to = ${ago(60_000)}`)
    for (let person = 0; person < 10; person++) {
      const id = newId(otklik.clock)
      await logged(id, 1, ['', 'look'], 'act')
      if (person < 8) await logged(id, 2, ['look', 'tell', 'low', 'more'], null)
      if (person < 5) await logged(id, 3, ['more', 'bye-done'], 'end')
    }
    const page = await aDesigner(browser, otklik)
    await openFlow(page, otklik, 'left')
    await page.getByRole('combobox', { name: 'Поток людей за период' }).click()
    await page.getByRole('option', { name: 'Поток за 7 дней' }).click()
    await page.getByText('8 · 80 %').first().waitFor()
    await page.getByRole('button', { name: /^more.*Пришли 8, дальше не пошли 3/ }).waitFor()
    await picture(page, 'traffic')
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
  }, 120_000)

  test('stands on a phone and in English, too', async () => {
    const page = await aDesigner(browser, otklik, PHONE)
    await picture(page, 'phone-list')
    await openFlow(page, otklik, 'left')
    await picture(page, 'phone-trial')
    await page.getByRole('tab', { name: 'Схема' }).click()
    await stepOf(page, 'look').waitFor()
    await picture(page, 'phone-graph')
    await stepOf(page, 'more').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Имя шага' }).waitFor()
    await picture(page, 'phone-step')
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
    const english = await aDesigner(browser, otklik)
    await openFlow(english, otklik, 'internet')
    await english.keyboard.press('Control+K')
    await english.getByRole('dialog').getByRole('combobox').fill('English')
    await english.keyboard.press('Enter')
    await english.getByRole('tab', { name: 'History' }).waitFor()
    await stepOf(english, 'settings').click()
    await picture(english, 'english')
    expect(await english.locator('header').innerText()).not.toMatch(/[а-яё]/i)
    await english.context().close()
  }, 120_000)
})

describe('what the assistant understands', () => {
  test('a designer sees why a phrase is understood so, teaches an example, and reads what it changed', async () => {
    const page = await aDesigner(browser, otklik)
    await page.getByRole('link', { name: 'Примеры' }).click()
    await page.getByRole('textbox', { name: 'Как написал бы абонент' }).fill('сколько у меня денег')
    await page.getByRole('button', { name: 'Проверить' }).click()
    await page.getByText('Решили эти примеры:').waitFor()
    await picture(page, 'examples')
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('textbox', { name: 'Найти намерение' }).fill('balance')
    await page.getByRole('region', { name: 'Намерения' }).getByRole('link').first().click()
    await page.getByRole('textbox', { name: /^Новый пример/ }).fill('капнула ли стипендия на симочку')
    await page.getByRole('button', { name: 'Добавить' }).click()
    await page.getByText('Учится на новых примерах…').waitFor()
    await page.getByText(/^Выучено/).waitFor({ timeout: 90_000 })
    await page.getByRole('list', { name: 'Примеры' }).getByText('капнула ли стипендия на симочку').waitFor()
    await page.getByText('85 примеров').waitFor()
    await picture(page, 'examples-intent')
    await page.context().close()
  }, 180_000)

  test('questions alike that were not understood are taught to an intent by one click', async () => {
    const asked = (text: string, times: number, likeliest = 'roaming') =>
      rows(
        otklik.db,
        sql`insert into understanding.unanswered (id, text, plain, times, intent, confidence, last_at)
          values (${newId(otklik.clock)}, ${text}, ${text}, ${times}, ${likeliest}, 0.3, ${otklik.clock.now()})`,
      )
    await asked('ловит ли симка в грузии', 7)
    await asked('симка ловит в грузии или нет', 2)
    await asked('ыыыы', 1, 'emergency')
    const page = await aDesigner(browser, otklik)
    await page.getByRole('link', { name: 'Без ответа' }).click()
    await page.getByText('спросили 9 раз').waitFor()
    await picture(page, 'unanswered')
    expect(await violationsOf(page)).toEqual([])
    const nonsense = page.getByRole('listitem').filter({ hasText: 'ыыыы' })
    expect(await nonsense.getByRole('button', { name: 'Добавить в намерение' }).isDisabled()).toBe(true)
    await nonsense.getByRole('button', { name: 'Убрать' }).click()
    await nonsense.getByText('Убрано: «ыыыы».').waitFor()
    await nonsense.getByRole('button', { name: 'Вернуть' }).click()
    await nonsense.getByRole('button', { name: 'Убрать' }).click()
    await nonsense.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Добавить в намерение' }).click()
    await page.getByText('Все вопросы разобраны').waitFor()
    const taught = await rows(
      otklik.db,
      sql<{ intent: string }>`select intent from understanding.example where text like '%ловит%в грузии%'`,
    )
    expect(taught.map(({ intent }) => intent)).toEqual(['roaming', 'roaming'])
    await page.context().close()
  }, 120_000)

  test('a question that could not be dropped is told of wherever the designer is by then', async () => {
    await rows(
      otklik.db,
      sql`insert into understanding.unanswered (id, text, plain, times, intent, confidence, last_at)
        values (${newId(otklik.clock)}, 'ээээ', 'ээээ', 1, 'roaming', 0.3, ${otklik.clock.now()})`,
    )
    const page = await aDesigner(browser, otklik)
    await page.getByRole('link', { name: 'Без ответа' }).click()
    const nonsense = page.getByRole('listitem').filter({ hasText: 'ээээ' })
    await page.route(`**${contracts.assistantExamples.answerUnanswered.path}`, (route) => route.abort())
    await nonsense.getByRole('button', { name: 'Убрать' }).click()
    await nonsense.getByText('Убрано: «ээээ».').waitFor()
    await page.getByRole('link', { name: 'Сценарии' }).click()
    await page.getByText(/^Не убрали «ээээ»/).waitFor()
    await page.context().close()
  })
})

describe('words typed in a dialog', () => {
  test('keep the browser from closing the tab unasked, and only they do', async () => {
    const page = await aDesigner(browser, otklik)
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      void dialog.accept()
    })
    const add = page.getByRole('button', { name: 'Новый сценарий' })
    await add.click()
    await page.getByRole('dialog').getByLabel('Ключ').waitFor()
    await page.reload()
    expect(asked).toEqual([])
    await add.click()
    await page.getByRole('dialog').getByLabel('Ключ').fill('new-one')
    await page.reload()
    expect(asked).toEqual(['beforeunload'])
    await page.context().close()
  })
})

/** What a step of the text in force says in Russian. */
async function wordsInForce(key: string, node: string): Promise<string | undefined> {
  const [inForce] = await rows(
    otklik.db,
    sql<{ words: string }>`select s.flow->'nodes'->${node}->'words'->>'ru' as words from assistant.flow f
      join assistant.flow_step s on s.flow_key = f.key and s.version = f.published_version where f.key = ${key}`,
  )
  return inForce?.words
}
