/**
 * Web addresses in what people write. Pure.
 * Invariants: the parts joined are the text again; nothing but http and https is ever an address.
 */
export { splitLinks, type TextPart } from './split-links.ts'
