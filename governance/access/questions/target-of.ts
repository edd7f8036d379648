// What a person means by where ways lead to: an identity, or everything in a scope.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { resolveIdentity } from '@/inventory/queries/resolve-identity'
import { db } from '@/prisma/client'
import type { Target } from '../find-paths'

/** Candidates told where the name of a scope is not one scope's alone. */
const SCOPES_MAX = 20

/** @throws RollcallError `not-found`, or `conflict`, listing candidates */
export async function targetOf(actor: Actor, reference: string): Promise<{ target: Target; words: string }> {
  const scope = /^administrator:(.+)$/i.exec(reference.trim())?.[1]?.trim()
  if (scope === undefined) {
    const id = await resolveIdentity(actor, reference)
    return { target: { kind: 'identity', id }, words: reference }
  }
  const rows = await db.$queryRaw<{ id: string; name: string; nativeId: string }[]>`
    SELECT id, name, native_id AS "nativeId" FROM scope
    WHERE id::text = ${scope} OR native_id = ${scope} OR name = ${scope} ORDER BY id LIMIT ${SCOPES_MAX}::int`
  const [row] = rows
  if (!row)
    throw new RollcallError('not-found', `No scope is known as “${scope}”. The sources page lists them.`)
  if (rows.length > 1)
    throw new RollcallError(
      'conflict',
      `“${scope}” may be ${rows.length} scopes. Name one by its id.`,
      rows.map(({ id, name, nativeId }) => ({
        path: `administrator:${id}`,
        message: `${name} (${nativeId})`,
      })),
    )
  return { target: { kind: 'everything', scopeId: row.id }, words: `everything in ${row.name}` }
}
