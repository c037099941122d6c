import type { Model } from './model.ts'
import { Vectorizer } from './vocabulary.ts'

/** What the machines of a model say of messages. */
export class Scorer {
  readonly vectorizer: Vectorizer
  private readonly model: Pick<Model, 'weights' | 'scales' | 'bias' | 'vocabulary'>
  private readonly sums: Float64Array

  constructor(model: Pick<Model, 'weights' | 'scales' | 'bias' | 'vocabulary'>) {
    this.model = model
    this.vectorizer = new Vectorizer(model.vocabulary)
    this.sums = new Float64Array(model.bias.length)
  }

  /** The margin of each machine; the buffer is used again for the next message. */
  margins(words: readonly string[]): Float64Array {
    const { sums, vectorizer } = this
    const { weights, scales, bias } = this.model
    const machines = bias.length
    sums.set(bias)
    vectorizer.read(words)
    const { ids, values, size } = vectorizer
    for (let at = 0; at < size; at++) {
      const feature = ids[at] as number
      const value = (values[at] as number) * (scales[feature] as number)
      const from = feature * machines
      for (let one = 0; one < machines; one++)
        sums[one] = (sums[one] as number) + value * (weights[from + one] as number)
    }
    return sums
  }
}
