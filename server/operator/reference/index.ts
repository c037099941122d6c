/**
 * The reference implementation of the operator's edge: catalogue, ledger, lines and orders on our own PostgreSQL, complete enough for a
 * small operator to run on.
 */
export { createReferenceEdge } from './reference-edge.ts'
