/** Bytes over the wire until a message can be sent from a site's chat, gzip level 9, one locale. */
import path from 'node:path'
import { measureWidget } from '../web/widget/measure-size.ts'
import { report } from './harness/report.ts'

const KIB = 1024
const GOAL = { total: 40 * KIB, loader: 5 * KIB }
// From source the built web apps stand in `dist`, and beside us when we are built ourselves.
const built = path.join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? '../dist/web/widget' : '../web/widget',
)

const { loader, total, files } = await measureWidget('ru', built)
const english = await measureWidget('en', built)
const baseline = null
report({
  name: 'widget',
  value: total,
  unit: 'bytes',
  baseline,
  ratio: null,
  goal: GOAL.total,
  english: english.total,
  files,
})
report({ name: 'widget.loader', value: loader, unit: 'bytes', baseline, ratio: null, goal: GOAL.loader })
