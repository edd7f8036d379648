// Writes what was judged of a chunk, whole, in one transaction, and only where something differs.
import type { Tx } from '@/prisma/client'
import { db } from '@/prisma/client'
import { lockScope } from '@/inventory/scope-lock'
import { findingChanges, writeFindings, type FindingChanges } from './findings'
import type { Judge, JudgedUnit } from './judge'
import { keepFacts } from './kept-facts'
import { postureDiffers, postureOf, writePosture } from './posture'
import type { Read } from './read-units'
import { openFindings, posturesOf, type PostureRow } from './rows'
import { dueOf, isDueAt, type HeldState, type NewState } from './kept-state'
import { statesOf, writeStates } from './subject-state'
import { noteRevisions } from './revisions'

export type Writing = {
  scopeId: string
  now: string
  judge: Judge
  policyVersion: number
  /** Nothing was found in the scope before: there is nothing to compare with, and nothing to end. */
  isFirst: boolean
  /** Identities about which something else is said now. */
  moved: number
  /** Subjects of findings that were not judged with what they belonged to. */
  left: Set<string>
}

/** Identities that are moved from count to count one chunk at a time, before the counts are made anew in the end. */
const MOVES_MAX = 2000
export const hasManyMoves = ({ moved }: Writing): boolean => moved > MOVES_MAX
/** Longest one chunk may take, the wait for an apply of the same scope included. */
const CHUNK_TIMEOUT_MS = 40 * 60_000

/** One transaction, alone with the scope. @returns false when the scope is no longer there */
export const alone = (
  { scopeId }: Pick<Writing, 'scopeId'>,
  work: (tx: Tx) => Promise<void>,
): Promise<boolean> =>
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

type Judged = { read: Read; unit: JudgedUnit; facts: string; before: HeldState | undefined }

/** Nothing that is kept of it is another: neither what was read nor what was answered. */
const isAsBefore = ({ unit, facts, before }: Judged): boolean =>
  before !== undefined && before.facts === facts && before.digest === unit.digest

function stateOf({ unit, facts, before }: Judged): NewState[] {
  const { id, kind, answers, digest } = unit
  const due = dueOf(unit)
  const isSame =
    before?.facts === facts &&
    before.digest === digest &&
    before.answers === answers &&
    isDueAt(before.dueAt, due)
  if (isSame) return []
  return [{ id, kind, answers, digest, due, ...(before?.facts !== facts && { facts }) }]
}

/** What is to be written of a chunk. @returns false when the scope is no longer there */
export type Write = () => Promise<boolean>

/**
 * Judges a chunk and finds what differs from what is kept. Nothing is written before what comes back is called.
 * @returns undefined where nothing differs
 */
export async function judgeChunk(writing: Writing, reads: readonly Read[]): Promise<Write | undefined> {
  if (!reads.length) return undefined
  const { scopeId, judge, now } = writing
  const held = await statesOf(reads.map(({ id }) => id))
  const judged = reads.map((read) => ({
    read,
    unit: judge.judge(read.unit),
    facts: keepFacts(read.unit),
    before: held.get(read.id),
  }))
  const states = judged.flatMap(stateOf)
  const differ = judged.filter((one) => !isAsBefore(one))
  const [postures, changes] = await Promise.all([
    posturesThatDiffer(differ),
    findingsThatDiffer(writing, differ),
  ])
  for (const id of changes.left) writing.left.add(id)
  if (!states.length && !postures.length && !changes.open.length && !changes.settled.length) return undefined
  writing.moved += postures.length
  const isFew = !hasManyMoves(writing)
  return () =>
    alone(writing, async (tx) => {
      await noteRevisions(
        tx,
        differ.map(({ unit }) => unit),
        writing.policyVersion,
      )
      await writePosture(tx, scopeId, postures, now, isFew)
      await writeFindings(tx, scopeId, changes, now)
      await writeStates(tx, scopeId, states)
    })
}

async function posturesThatDiffer(judged: readonly Judged[]): Promise<PostureRow[]> {
  const identities = judged.filter(({ read }) => read.kind === 'identity')
  if (!identities.length) return []
  const held = await posturesOf(identities.map(({ read }) => read.id))
  return identities.flatMap(({ read, unit }) => {
    if (!unit.identity) return []
    const posture = postureOf(unit.identity, read.credentials, unit.open, read.seenKeys)
    return postureDiffers(held.get(read.id), posture) ? [posture] : []
  })
}

async function findingsThatDiffer(
  { judge, isFirst }: Writing,
  judged: readonly Judged[],
): Promise<FindingChanges> {
  if (!judged.length) return { open: [], settled: [], left: [] }
  const units = judged.map(({ unit }) => unit)
  const subjects = units.flatMap(({ letters }) => [...letters.keys()])
  const identities = units.flatMap(({ kind, id }) => (kind === 'identity' ? [id] : []))
  return findingChanges(judge, units, isFirst ? [] : await openFindings(subjects, identities))
}
