// Tells observations that are already held, unchanged, from those that have to be checked and staged whole.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Ended, isEnded, Observation, type Kind, type Observed } from '@/core/observation'
import { UpstreamError } from '@/core/upstream'
import { PROJECTIONS } from '../projections'
import { hashedUuid, idOf } from '../content-hash'
import { ask } from './pool'

export type Place = { scopeId: string; stream: string }
/** One line of the staging table. */
export type StagedRow = {
  kind: Kind
  id: string
  nativeId: string
  fingerprint: string
  endedAt: string | null
  /** JSON; null where an equal observation made the row that is held. */
  doc: string | null
}
export type Sifted = { good: StagedRow[]; bad?: unknown }

/** Another shape of observations, another fingerprint: what an earlier version let in is checked anew. */
const REVISION = createHash('sha256')
  .update(JSON.stringify(z.toJSONSchema(Observation)))
  .digest('hex')

/** PostgreSQL cannot hold NUL or half a surrogate pair in a document. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i

function rowOf(scopeId: string, one: Observed): StagedRow {
  if (isEnded(one)) {
    const { of: kind, nativeId, at } = one
    const id = idOf(scopeId, kind, nativeId)
    return { kind, id, nativeId, fingerprint: id, endedAt: at, doc: null }
  }
  const { kind, nativeId } = one
  return {
    kind,
    nativeId,
    id: idOf(scopeId, kind, String(nativeId)),
    fingerprint: hashedUuid(REVISION + JSON.stringify(one)),
    endedAt: null,
    doc: null,
  }
}

/** An id that comes twice is held as one of the two at most. */
const contentOf = ({ id, fingerprint }: Pick<StagedRow, 'id' | 'fingerprint'>) => `${id} ${fingerprint}`

/** What is held, not retired, of this stream, and came from an equal observation. */
async function held(kind: Kind, { scopeId, stream }: Place, rows: StagedRow[]): Promise<string[]> {
  const found = await ask<{ id: string; fingerprint: string }>(
    `SELECT c.id, c.fingerprint FROM unnest($1::uuid[], $2::uuid[]) AS s (id, fingerprint) JOIN ${PROJECTIONS[kind].table} c ON c.id = s.id
     WHERE c.fingerprint = s.fingerprint AND c.scope_id = $3::uuid AND c.stream = $4 AND c.retired_at IS NULL`,
    [rows.map((row) => row.id), rows.map((row) => row.fingerprint), scopeId, stream],
  )
  return found.map(contentOf)
}

/** What the allow-list lets through, and nothing else. @throws ZodError or UpstreamError `malformed` */
function allowed(one: Observed): string | null {
  if (isEnded(one)) {
    Ended.parse(one)
    return null
  }
  const doc = JSON.stringify(Observation.parse(one))
  if (doc.includes('\\u') && UNSTORABLE.test(doc))
    throw new UpstreamError('malformed', 'observation', 'a text holds a character that cannot be stored')
  return doc
}

/**
 * Rows up to the first observation that is not understood, and what is wrong with that one.
 * @param looked kinds of which the scope holds anything at all: of others nothing can be held
 */
export async function sift(place: Place, batch: Observed[], looked: ReadonlySet<Kind>): Promise<Sifted> {
  const rows = batch.map((one) => rowOf(place.scopeId, one))
  const same = new Set<string>()
  for (const kind of looked) {
    const ofKind = rows.filter((row) => row.kind === kind && !row.endedAt)
    if (ofKind.length) for (const content of await held(kind, place, ofKind)) same.add(content)
  }
  const good: StagedRow[] = []
  for (const [at, row] of rows.entries()) {
    const one = batch[at]
    if (one === undefined) break
    if (same.has(contentOf(row)) && !row.endedAt) {
      good.push(row)
      continue
    }
    try {
      good.push({ ...row, doc: allowed(one) })
    } catch (bad) {
      return { good, bad }
    }
  }
  return { good }
}
