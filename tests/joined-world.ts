// Scopes whose rows a test writes itself, as reconciling would, and joins: for tests of joins that need no connector.
import { isDeepStrictEqual } from 'node:util'
import type { Key, Link } from '@/core/join'
import type { Observation } from '@/core/observation'
import { idOf } from '@/inventory/content-hash'
import { joinChanges } from '@/inventory/joins/join-changes'
import { noteJoinChanges } from '@/inventory/joins/note-changes'
import { db, type Tx } from '@/prisma/client'
import type { Prisma } from '@/prisma/generated/client'
import { identity } from './scripted-source'

/** What one look sees. Left out: `partial` is false, and the scope keeps its name for what it knows. */
export type Seen = {
  at: string
  things: Observation[]
  partial?: boolean
  authorities?: string[]
}
export type World = { id: string; name: string; sample: boolean }

let made = 0
/** A scope nobody has looked at. */
export async function scope(name = `scope-${made++}`, { sample = false } = {}): Promise<World> {
  const id = idOf('joined-world', name)
  const connectorId = 'demo'
  await db.scope.create({
    data: { id, connectorId, nativeId: id, name, type: 'demo.account', sample, firstSeenAt: new Date() },
  })
  return { id, name, sample }
}

export const rowIdOf = (world: World, nativeId: string): string => idOf(world.id, 'identity', nativeId)

/**
 * Writes what was seen, retires the rest where the look was whole, and notes what that changes, in one transaction.
 * @param beforeCommit what happens while the transaction is still open
 */
export async function look(
  world: World,
  seen: Seen,
  beforeCommit?: () => Promise<unknown>,
): Promise<boolean> {
  return db.$transaction(
    async (tx) => {
      if (seen.authorities)
        await tx.scope.update({ where: { id: world.id }, data: { authorities: seen.authorities } })
      await write(tx, world, seen)
      if (!seen.partial) await retire(tx, world, seen)
      await remember(tx, world, seen)
      const follows = await noteJoinChanges(tx, { scopeId: world.id })
      await beforeCommit?.()
      return follows
    },
    { timeout: 60_000 },
  )
}
/** The same, and joined afterwards. */
export async function lookAndJoin(world: World, seen: Seen) {
  await look(world, seen)
  return joinChanges()
}

async function write(tx: Tx, world: World, { at, things }: Seen): Promise<void> {
  const held = await tx.identity.findMany({ where: { scopeId: world.id } })
  const before = new Map(held.map((row) => [row.id, row]))
  const rows = things.map((thing) => ({ ...rowOf(world, thing), validFrom: at, runId: world.id }))
  const firstTime = {
    class: 'machine',
    lastUsedState: 'unknown',
    stream: 'main',
    fingerprint: world.id,
    firstSeenAt: at,
  }
  await tx.identity.createMany({
    data: rows
      .filter(({ id }) => !before.has(id))
      .map((row) => ({ ...row, ...firstTime, scopeId: world.id })),
  })
  for (const { id, ...row } of rows) {
    const was = before.get(id)
    if (!was || (!was.retiredAt && isDeepStrictEqual(was.doc, row.doc))) continue
    await tx.identity.update({ where: { id }, data: { ...row, retiredAt: null } })
  }
}

function rowOf(world: World, thing: Observation) {
  if (thing.kind !== 'identity') throw new Error('only identities are written here')
  const { nativeId, type, name, aliases } = thing
  const doc = JSON.parse(JSON.stringify(thing)) as Prisma.InputJsonObject
  return { id: rowIdOf(world, nativeId), nativeId, type, name, aliases, doc }
}

const retire = (tx: Tx, world: World, { at, things }: Seen) =>
  tx.identity.updateMany({
    where: { scopeId: world.id, retiredAt: null, nativeId: { notIn: things.map((thing) => thing.nativeId) } },
    data: { retiredAt: at, validFrom: at },
  })

const remember = (tx: Tx, world: World, { at, partial }: Seen) => {
  const state = partial ? 'partial' : 'complete'
  const said = { at, runId: world.id, state, gaps: [], validFrom: at }
  const refusal = partial ? { why: 'denied', permission: 'demo:List' } : { why: null, permission: null }
  return tx.look.upsert({
    where: { scopeId_stream_kind: { scopeId: world.id, stream: 'main', kind: 'identity' } },
    create: { scopeId: world.id, stream: 'main', kind: 'identity', ...said, ...refusal },
    update: { ...said, ...refusal },
  })
}

export const key = (value: string, type = 'demo.name'): Key => ({ type, value })
export const link = (value: string, more: Partial<Link> = {}): Link => ({
  relation: 'permitted',
  means: 'becomes-this',
  to: 'demo.name',
  match: 'exact',
  value,
  authority: 'demo:b',
  reason: 'Its trust names it.',
  ...more,
})
export const bearer = (nativeId: string, ...names: string[]) =>
  identity(nativeId, { keys: names.map((name) => key(name)) })
export const namer = (nativeId: string, ...links: Link[]) => identity(nativeId, { links })

/** Edges of a scope as words, sorted: what they mean, how sure, and marks. */
export async function edgesOf(world: World) {
  const edges = await db.edge.findMany({ where: { fromScopeId: world.id } })
  const ids = edges.flatMap((e) => [e.fromRowId, e.toRowId ?? [], e.predecessorId ?? []].flat())
  const rows = await db.identity.findMany({ where: { id: { in: ids } } })
  const nameOf = (id: string | null) => rows.find((row) => row.id === id)?.nativeId
  return edges
    .map((e) => ({
      from: nameOf(e.fromRowId),
      to: nameOf(e.toRowId),
      asked: e.keyValue,
      state: e.state,
      why: e.why,
      broad: e.broad,
      lookalike: e.lookalike,
      predecessor: nameOf(e.predecessorId),
    }))
    .sort((a, b) => `${a.from} ${a.asked} ${a.to}`.localeCompare(`${b.from} ${b.asked} ${b.to}`))
}
