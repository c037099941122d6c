/**
 * A real PostgreSQL for tests: one server a run (started by global-setup.ts), one database a test file, copied from a migrated template
 * in some 50 ms. Everything is removed at the end of the run, or at the start of the next one if a run was killed.
 */
export { createTestDatabase, type TestDatabase } from './test-database.ts'
