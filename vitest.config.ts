import { defineConfig } from 'vitest/config'

// Where to write a report for machines beside the one for people; see .ci/run.
const report = process.env.TEST_REPORT

export default defineConfig({
  test: {
    include: ['{contracts,messages,server,web,world,bench,test,scripts}/**/*.test.{ts,tsx}'],
    globalSetup: ['test/postgres/global-setup.ts'],
    // Real servers and browsers on a machine with two cores: generous limits, because a test ends when its condition is met.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    pool: 'forks',
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
})
