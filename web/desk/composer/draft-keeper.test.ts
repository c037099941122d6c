import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiProblem } from '../../shared/api/index.ts'
import { createDraftKeeper, type DraftContent } from './draft-keeper.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const EMPTY: DraftContent = { text: '', laneId: 'lane', note: false, attachments: [] }

/** The server's side of a draft as `saveDraft` keeps it: a save over an older version is refused. */
function aServer() {
  const draft = { text: '', version: 0 }
  let isAway = false
  return {
    draft,
    go: (away: boolean) => {
      isAway = away
    },
    put: async ({ text }: DraftContent, version: number) => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      if (isAway) throw new ApiProblem('network')
      if (draft.version > version) throw new ApiProblem('conflict', 409, { current: { ...draft } })
      Object.assign(draft, { text, version: draft.version + 1 })
      return draft.version
    },
  }
}

function aKeeper(server = aServer()) {
  const onConflict = vi.fn()
  const keeper = createDraftKeeper(
    {
      put: server.put,
      currentOf: (error) =>
        error instanceof ApiProblem && error.code === 'conflict' ? { ...server.draft } : null,
      onConflict,
    },
    { ...EMPTY, version: server.draft.version },
  )
  return { keeper, server, onConflict }
}

describe('a draft', () => {
  test('is saved when the agent pauses', async () => {
    const { keeper, server } = aKeeper()
    keeper.change({ text: 'Добрый' })
    await vi.advanceTimersByTimeAsync(700)
    keeper.change({ text: 'Добрый день' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.draft).toEqual({ text: 'Добрый день', version: 1 })
  })

  test('that could not be saved is saved when the network is back, without another word', async () => {
    const { keeper, server } = aKeeper()
    server.go(true)
    keeper.change({ text: 'Добрый день' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(keeper.isInDanger()).toBe(true)
    server.go(false)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.draft.text).toBe('Добрый день')
    expect(keeper.isInDanger()).toBe(false)
  })

  test('keeps what was written while it was being saved', async () => {
    const { keeper, server } = aKeeper()
    keeper.change({ text: 'Добрый' })
    const saved = keeper.save()
    keeper.change({ text: 'Добрый день' })
    await vi.advanceTimersByTimeAsync(1_000)
    await saved
    expect(server.draft.text).toBe('Добрый день')
  })

  test('leaves with the page, also while an older one is on its way', async () => {
    const { keeper, server, onConflict } = aKeeper()
    keeper.change({ text: 'Добрый' })
    void keeper.save()
    keeper.change({ text: 'Добрый день' })
    keeper.flush()
    await vi.advanceTimersByTimeAsync(100)
    expect(server.draft.text).toBe('Добрый день')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.draft.text).toBe('Добрый день')
    expect(onConflict).not.toHaveBeenCalled()
  })

  test('stays on the server while its words are on their way as a message', async () => {
    const { keeper, server } = aKeeper()
    keeper.change({ text: 'Добрый день' })
    await vi.advanceTimersByTimeAsync(1_000)
    keeper.handOver()
    expect(keeper.content().text).toBe('')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.draft.text).toBe('Добрый день')
    keeper.touch()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.draft.text).toBe('')
  })

  test('asks for nothing when there is nothing new', async () => {
    const { keeper, server } = aKeeper()
    keeper.flush()
    await keeper.save()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.draft.version).toBe(0)
  })

  test('of two devices is the one that was written last, and the agent is told', async () => {
    const server = aServer()
    const [here, there] = [aKeeper(server), aKeeper(server)]
    there.keeper.change({ text: 'там' })
    await vi.advanceTimersByTimeAsync(1_000)
    here.keeper.change({ text: 'здесь' })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.draft.text).toBe('здесь')
    expect(here.onConflict).toHaveBeenCalledOnce()
    there.keeper.adopt({ ...EMPTY, ...server.draft })
    expect(there.keeper.content().text).toBe('здесь')
  })

  test('is not taken away from under a writing agent', async () => {
    const { keeper } = aKeeper()
    keeper.change({ text: 'пишу' })
    keeper.adopt({ ...EMPTY, text: 'чужое', version: 5 })
    expect(keeper.content().text).toBe('пишу')
  })
})
