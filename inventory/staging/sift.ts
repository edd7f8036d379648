// Tells observations that are already held, unchanged, from those that have to be checked and staged whole.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Checked } from '@/core/collect'
import { Ended, isEnded, Observation, type Observed } from '@/core/observation'
import { UpstreamError } from '@/core/upstream'
import { hashedUuid, idOf } from '../content-hash'
import type { HeldRows } from './held-rows'
import type { StagedRow } from './stage'

export type Place = { scopeId: string; stream: string }
/** A row to be staged, or one that need not be: the mark in what is held says that it was seen. */
export type Sifted = { row: StagedRow; staged: boolean; counted: boolean }

/** Another shape of observations, another fingerprint: what an earlier version let in is checked anew. */
const REVISION = createHash('sha256')
  .update(JSON.stringify(z.toJSONSchema(Observation)))
  .digest('hex')

/** PostgreSQL cannot hold NUL or half a surrogate pair in a document. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i
/** Whether the database can hold a document, given as JSON. */
export const isStorable = (doc: string): boolean => !(doc.includes('\\u') && UNSTORABLE.test(doc))

function rowOf({ scopeId, stream }: Place, one: Observed): StagedRow {
  if (isEnded(one)) {
    const { of: kind, nativeId, at } = one
    const id = idOf(scopeId, kind, nativeId)
    return { kind, stream, id, nativeId, fingerprint: id, says: 'ended', at, doc: null }
  }
  const { kind, nativeId } = one
  const id = idOf(scopeId, kind, String(nativeId))
  const fingerprint = hashedUuid(REVISION + JSON.stringify(one))
  return { kind, stream, id, nativeId, fingerprint, says: 'seen', at: null, doc: null }
}

/** What the allow-list lets through, and nothing else. @throws ZodError or UpstreamError `malformed` */
function allowed(one: Observed): string | null {
  if (isEnded(one)) {
    Ended.parse(one)
    return null
  }
  const doc = JSON.stringify(Observation.parse(one))
  if (!isStorable(doc))
    throw new UpstreamError('malformed', 'observation', 'a text holds a character that cannot be stored')
  return doc
}

/** What is known already needs no words, as long as nothing else is said of the same row in the same look. */
function unlessKnown(row: StagedRow, one: Observed, held: HeldRows): Sifted[] {
  const found = held.find(row.id)
  if (!found) return [{ row: { ...row, doc: allowed(one) }, staged: true, counted: row.says === 'seen' }]
  const said = held.said(found.at)
  const same = row.says === 'seen' && found.stream === row.stream && found.fingerprint === row.fingerprint
  if (same && said !== 'written') {
    held.say(found.at, 'same')
    return [{ row, staged: false, counted: said === 'nothing' }]
  }
  const told: Sifted = {
    row: same ? row : { ...row, doc: allowed(one) },
    staged: true,
    counted: row.says === 'seen',
  }
  held.say(found.at, 'written')
  if (said !== 'same') return [told]
  // It was counted when it was seen; now there are two words, and the order of both counts.
  const { stream, fingerprint } = found
  const before: StagedRow = { ...row, stream, fingerprint, says: 'seen', at: null, doc: null }
  return [{ row: before, staged: true, counted: false }, told]
}

/** Rows up to the first observation that is not understood, and what is wrong with that one. */
export function sift(place: Place, batch: readonly Observed[], held: HeldRows): Checked<Sifted> {
  const good: Sifted[] = []
  for (const one of batch) {
    try {
      good.push(...unlessKnown(rowOf(place, one), one, held))
    } catch (bad) {
      return { good, bad }
    }
  }
  return { good }
}
