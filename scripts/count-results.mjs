// `node scripts/count-results.mjs REPORT TESTS_EXIT CHECK_EXIT` prints "N passed, N failed" from vitest's JSON report and the exit codes of
// `npm test` and `npm run check`, which counts as one; exits with 1 if anything failed.
import { existsSync, readFileSync } from 'node:fs'

const [reportFile, testsExit, checkExit] = process.argv.slice(2)

const { passed, failed } = countTests()
const checkFailed = checkExit === '0' ? 0 : 1
console.log(`${passed + 1 - checkFailed} passed, ${failed + checkFailed} failed`)
process.exitCode = failed + checkFailed === 0 ? 0 : 1

function countTests() {
  const text = existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : ''
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = text === '' ? {} : JSON.parse(text)
  // A file that cannot be loaded fails without a test of it failing.
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(isFailed),
  ).length
  const counted = numFailedTests + unloaded
  // The run may fail by itself: the set-up, or an error that belongs to no test.
  return { passed: numPassedTests, failed: counted === 0 && testsExit !== '0' ? 1 : counted }
}

function isFailed({ status }) {
  return status === 'failed'
}
