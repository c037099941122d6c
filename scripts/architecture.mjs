import path from 'node:path'
import { cruise } from 'dependency-cruiser'
import rules from '../.dependency-cruiser.mjs'

const FOLDERS = ['bench', 'contracts', 'messages', 'server', 'test', 'web', 'world']

/**
 * Holds every import under `root` against the rules of .dependency-cruiser.mjs.
 * @returns how many modules were looked at, and `rule: from → to` for each that breaks one
 */
export async function checkArchitecture(root, folders = FOLDERS) {
  const options = {
    ...rules.options,
    baseDir: path.resolve(root),
    ruleSet: { forbidden: rules.forbidden },
    validate: true,
  }
  const { output } = await cruise(folders, options)
  const { totalCruised, violations } = output.summary
  return {
    modules: totalCruised,
    violations: violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  }
}
