// Asks every rule about every active subject of a scope and keeps what they answer.
import type { Instant } from '@/core/fact'
import { identityLooks } from '@/inventory/hint-looks'
import { recountFacets } from '@/inventory/facets/recount'
import { lockScope } from '@/inventory/scope-lock'
import { db, type Tx } from '@/prisma/client'
import { absenceOf, looksAbout, type LookRow } from './absence'
import { Entitlements } from './entitlements'
import { findingChanges, writeFindings, type FindingChanges } from './findings'
import { countRetired, resolveRetired } from './gone'
import { Judge, type Judged } from './judge'
import { postureDiffers, postureOf, writePosture } from './posture'
import {
  type Chunk,
  chunkOf,
  findingsOf,
  identitiesOf,
  type IdentityRow,
  languagesOf,
  type PostureRow,
  unheldCredentials,
  type UnheldRow,
} from './rows'
import { ahead, scan } from './scan'
import { credentialSubject, identitySubject, type Looked } from './subjects'
import { writeTallies } from './tallies'

type At = {
  scopeId: string
  signal: AbortSignal
  /** The instant that is judged for: ages are counted up to it, and what is written is true from it on. */
  now: Instant
}
type Evaluation = At &
  Pick<Looked, 'looks'> & {
    /** What it means, for an identity of a type, that nothing of a kind is held. */
    none: (type: string) => None
    judge: Judge
    entitlements: Entitlements
    /** Identities about which something else is said now. */
    moved: number
  }

type None = Pick<Looked, 'ownerless'> & { seenKeys: boolean }
/** Remembered: identities are many, their types few. */
function noneByType(looks: readonly LookRow[]): (type: string) => None {
  const known = new Map<string, None>()
  return (type) => {
    const about = looksAbout(looks, type)
    const none = known.get(type) ?? {
      ownerless: absenceOf(identityLooks(about), 'owner-hint'),
      seenKeys: absenceOf(about, 'credential').state === 'absent',
    }
    known.set(type, none)
    return none
  }
}

/** Identities that are moved from count to count one chunk at a time, before the counts are made anew in the end. */
const MOVES_MAX = 2000
/** Longest a scope of any size may take, in milliseconds. */
const SCOPE_TIMEOUT_MS = 4 * 3600_000
/** Longest one chunk may take, the wait for an apply of the same scope included. */
const CHUNK_TIMEOUT_MS = 40 * 60_000

/**
 * Evaluates a scope. Safe to repeat and to interrupt: each chunk of identities is written whole, in one transaction,
 * and only where something differs. A scope that is removed meanwhile is left alone.
 */
export async function evaluateScope(at: At): Promise<void> {
  await db.$transaction(
    async (read) => {
      // One evaluation of a scope at a time, whoever else does this job.
      await read.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`evaluate ${at.scopeId}`}, 0))`
      await evaluate(read, at)
    },
    { timeout: SCOPE_TIMEOUT_MS, maxWait: 60_000 },
  )
}

async function evaluate(read: Tx, at: At): Promise<void> {
  const { scopeId, now, signal } = at
  const looks = await db.$queryRaw<LookRow[]>`
    SELECT stream, kind, at, state, why, permission, detail, complete_at AS "completeAt", about
    FROM look WHERE scope_id = ${scopeId}::uuid ORDER BY stream, kind`
  const evaluation = {
    ...at,
    looks,
    none: noneByType(looks),
    judge: new Judge(now),
    entitlements: new Entitlements(looks, await languagesOf(scopeId)),
    moved: 0,
  }
  for await (const chunk of ahead(chunks(read, scopeId))) {
    signal.throwIfAborted()
    if (!(await judgeIdentities(evaluation, chunk))) return
  }
  for await (const rows of scan<UnheldRow>(read, unheldCredentials(scopeId))) {
    signal.throwIfAborted()
    if (!(await judgeUnheld(evaluation, rows))) return
  }
  signal.throwIfAborted()
  await write(at, async (tx) => {
    await resolveRetired(tx, scopeId, now)
    await countRetired(tx, scopeId, now)
    await writeTallies(tx, scopeId, evaluation.judge.counts, now)
    await recountFacets(tx, scopeId)
    await tx.$executeRaw`UPDATE scope SET evaluated_at = ${now}::timestamptz WHERE id = ${scopeId}::uuid`
  })
}

async function* chunks(read: Tx, scopeId: string): AsyncGenerator<Chunk> {
  for await (const rows of scan<IdentityRow>(read, identitiesOf(scopeId))) yield chunkOf(scopeId, rows)
}

/** @returns false when the scope is no longer there */
async function judgeIdentities(evaluation: Evaluation, chunk: Chunk): Promise<boolean> {
  const { looks, none, judge, entitlements } = evaluation
  await entitlements.load(chunk.grants.values())
  const judged: Judged[] = []
  const postures: PostureRow[] = []
  for (const row of chunk.identities) {
    const privilege = entitlements.privilegeOf(row.type, chunk.grants.get(row.id) ?? [])
    const { ownerless, seenKeys } = none(row.type)
    const subject = identitySubject(row, chunk.hints.get(row.id) ?? [], privilege, { looks, ownerless })
    const credentials = chunk.credentials.get(row.id) ?? []
    const own = judge.judge(subject, row.id)
    for (const credential of credentials)
      own.push(...judge.judge(credentialSubject(credential, row, looks), row.id))
    const posture = postureOf(subject, credentials, own, seenKeys || row.never === true)
    if (postureDiffers(chunk.postures.get(row.id), posture)) postures.push(posture)
    judged.push(...own)
  }
  return writeChunk(evaluation, judged, postures)
}

/** Credentials whose identity is not known, or gone: nobody's count holds them, but the rules still speak about them. */
function judgeUnheld(evaluation: Evaluation, rows: UnheldRow[]): Promise<boolean> {
  const judged = rows.flatMap((row) => {
    const { holderId, holderName, holderClass } = row
    const holder = holderId === null ? undefined : { name: holderName ?? '', class: holderClass ?? 'unclear' }
    return evaluation.judge.judge(credentialSubject(row, holder, evaluation.looks), holderId)
  })
  return writeChunk(evaluation, judged, [])
}

async function writeChunk(at: Evaluation, judged: Judged[], postures: PostureRow[]): Promise<boolean> {
  const held = await findingsOf([...new Set(judged.map(({ subject }) => subject.id))])
  const changes: FindingChanges = findingChanges(judged, held)
  if (!postures.length && !changes.open.length && !changes.settled.length) return true
  at.moved += postures.length
  return write(at, async (tx) => {
    await writePosture(tx, at.scopeId, postures, at.now, at.moved <= MOVES_MAX)
    await writeFindings(tx, at.scopeId, changes, at.now)
  })
}

/** One transaction, alone with the scope. @returns false when the scope is no longer there */
const write = ({ scopeId }: At, work: (tx: Tx) => Promise<void>): Promise<boolean> =>
  db.$transaction(
    async (tx) => {
      await lockScope(tx, scopeId)
      const held = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM scope WHERE id = ${scopeId}::uuid FOR KEY SHARE`
      if (!held.length) return false
      await work(tx)
      return true
    },
    { timeout: CHUNK_TIMEOUT_MS, maxWait: 60_000 },
  )
