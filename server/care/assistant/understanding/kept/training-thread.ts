import { parentPort, workerData } from 'node:worker_threads'
import type { Example } from '../model/model.ts'
import { trainModel } from '../model/train-model.ts'

const model = trainModel(workerData as readonly Example[])
const { weights, scales, bias, vocabulary } = model
parentPort?.postMessage(model, [
  weights.buffer as ArrayBuffer,
  scales.buffer as ArrayBuffer,
  bias.buffer as ArrayBuffer,
  vocabulary.hashes.buffer as ArrayBuffer,
  vocabulary.ids.buffer as ArrayBuffer,
  vocabulary.weights.buffer as ArrayBuffer,
])
