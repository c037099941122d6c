import type { z } from 'zod'
import type { AssistantTraining } from '../../../../../contracts/assistant-examples.ts'
import { confusionsOf } from './confusions.ts'
import type { ExamplesDeps, Part } from './examples-deps.ts'
import type { LiveUnderstanding } from './live-understanding.ts'
import { readRevision } from './store.ts'

/** How far the model has learned what it is taught, what it takes for what, and what it makes of words. */
export function trainingHandlers({
  live,
}: Pick<ExamplesDeps, 'live'>): Part<
  'getAssistantTraining' | 'listAssistantConfusions' | 'tryUnderstanding'
> {
  return {
    async getAssistantTraining({ db }) {
      return shownTraining(await readRevision(db), live)
    },
    async listAssistantConfusions() {
      const { model } = live.state()
      return model === null ? [] : confusionsOf(model).map((one) => ({ ...one, texts: [...one.texts] }))
    },
    async tryUnderstanding({ body }) {
      const { verdict, intents, because } = live.understand(body.text)
      return { verdict, intents: [...intents], because: [...because] }
    },
  }
}

function shownTraining(revision: number, live: LiveUnderstanding): z.input<typeof AssistantTraining> {
  const { trained, training, trainedAt, seconds, failure, model } = live.state()
  const at = trainedAt?.toISOString() ?? null
  if (model === null) return { revision, trained, training, trainedAt: at, seconds, failure, quality: null }
  const { heldOut: _heldOut, ...measured } = model.quality
  const quality = { ...measured, examples: model.examples.length }
  return { revision, trained, training, trainedAt: at, seconds, failure, quality }
}
