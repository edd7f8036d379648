// Which source, and which scope of it, something is sent to.
import { ensure, RollcallError } from '@/core/errors'
import { isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { invalid } from '../command'

const SELECT = {
  id: true,
  connectorId: true,
  name: true,
  mode: true,
  paused: true,
  scopes: {
    where: { goneAt: null },
    select: { scope: { select: { id: true, nativeId: true, name: true, type: true } } },
    orderBy: { scopeId: 'asc' },
  },
} as const

/** @throws RollcallError `not-found` */
export async function receiverOf(reference: string) {
  const byId = isUuid(reference)
    ? await db.connection.findUnique({ where: { id: reference }, select: SELECT })
    : null
  const found = byId ?? (await db.connection.findUnique({ where: { name: reference }, select: SELECT }))
  ensure(found, 'not-found', 'There is no such source, or no longer.')
  const { scopes, ...connection } = found
  return { ...connection, scopes: scopes.map(({ scope }) => scope) }
}
export type Receiver = Awaited<ReturnType<typeof receiverOf>>

/** @throws RollcallError `conflict` before anything was read, `invalid` where it has to be said which, `not-found` */
export function targetOf({ name, scopes }: Receiver, asked: string | undefined): Receiver['scopes'][number] {
  const [first, second] = scopes
  ensure(first, 'conflict', `Nothing was read of “${name}” yet. Sync it first.`)
  if (asked === undefined) {
    if (!second) return first
    throw invalid([
      {
        path: 'scope',
        message: `“${name}” has several: put the id of one behind the address, as its page shows.`,
      },
    ])
  }
  const found = scopes.find(({ nativeId }) => nativeId === asked)
  if (!found) throw new RollcallError('not-found', `“${name}” has no such scope, or no longer.`)
  return found
}
