import { defineConfig } from 'vitest/config'

// Where to write a report for machines beside the one for people; see .ci/run.
const report = process.env.TEST_REPORT

const WHOLE = 'test/{browser,chaos,conformance}/**/*.test.ts'

// Real servers and browsers on a machine with two cores and one disk: generous limits, because a test ends when its condition is met. Only one
// that hangs meets them.
const limits = {
  pool: 'forks' as const,
  testTimeout: 180_000,
  hookTimeout: 180_000,
  teardownTimeout: 30_000,
  setupFiles: ['test/patience.ts'],
  expect: { poll: { timeout: 20_000 } },
}

export default defineConfig({
  test: {
    globalSetup: ['test/postgres/global-setup.ts'],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        test: {
          ...limits,
          name: 'parts',
          include: ['{contracts,messages,server,web,world,bench,test,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', WHOLE],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // A browser, the servers of several nodes or a storm beside it: one at a time.
        test: { ...limits, name: 'whole', include: [WHOLE], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
