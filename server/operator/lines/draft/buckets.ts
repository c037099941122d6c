import type { z } from 'zod'
import type { Package } from '../../../../contracts/catalogue.ts'
import type { BucketState } from '../line-state.ts'
import type { Draft } from './draft.ts'
import { fillTo, type Legs, touchBucket, unitOf } from './move.ts'

type PackageTerms = z.infer<typeof Package>
type Owner = Pick<BucketState, 'source' | 'offeringId' | 'connectedId'>

/** The bucket that this owner fills with this type, found at rest or under way; a new one, empty, if it never had any. */
function bucketFor(
  draft: Draft,
  { source, offeringId, connectedId }: Owner,
  type: BucketState['type'],
  at: Date,
): BucketState {
  const { line } = draft
  const known = line.buckets.find(
    (bucket) => bucket.source === source && bucket.type === type && bucket.connectedId === connectedId,
  )
  if (known) {
    known.offeringId = offeringId
    return known
  }
  return addEmptyBucket(draft, { source, offeringId, connectedId, type, filledAt: at })
}

/** A new bucket with an account of its own and nothing in it. */
export function addEmptyBucket(
  draft: Draft,
  given: Pick<BucketState, 'source' | 'offeringId' | 'connectedId' | 'type' | 'filledAt'>,
): BucketState {
  const { line, changes } = draft
  const { type, source, offeringId, connectedId, filledAt } = given
  const bucket: BucketState = {
    id: draft.newId(),
    type,
    source,
    offeringId,
    connectedId,
    total: null,
    left: 0,
    expiresAt: null,
    filledAt,
    ended: true,
  }
  line.buckets.push(bucket)
  changes.accounts.push({ id: bucket.id, unit: unitOf(type), floor: 0, ownerId: line.id })
  touchBucket(draft, bucket)
  return bucket
}

/** Fills a bucket with a package from an instant until another; what was left of an earlier one is not added. */
export function fillBucket(
  draft: Draft,
  legs: Legs,
  owner: Owner,
  { type, amount }: PackageTerms,
  { at, expiresAt }: { readonly at: Date; readonly expiresAt: Date | null },
): void {
  const bucket = bucketFor(draft, owner, type, at)
  bucket.filledAt = at
  bucket.total = amount
  bucket.expiresAt = expiresAt
  bucket.ended = false
  fillTo(draft, legs, bucket, amount ?? 0)
}

/** What is left returns to the network; a bucket that will be filled again rests, another one goes. */
export function endBucket(draft: Draft, legs: Legs, bucket: BucketState): void {
  fillTo(draft, legs, bucket, 0)
  bucket.ended = true
  if (bucket.source === 'bought' || bucket.source === 'gift') dropBucket(draft, bucket)
}

/** Takes an empty bucket away for good. */
export function dropBucket({ line, changes }: Draft, bucket: BucketState): void {
  line.buckets = line.buckets.filter((other) => other !== bucket)
  changes.buckets.delete(bucket)
  changes.bucketsGone.add(bucket)
}
