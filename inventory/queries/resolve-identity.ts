// Finds the one identity a person means: by our id, the source's id, an alias such as an ARN, or a name.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { completenessOf } from './completeness-of'
import { completenessWords } from './completeness-words'
import { IDENTITY_FROM } from './identity-where'
import { allOf, isUuid } from './sql'
import { mustRead, ownedBy } from './visible'

type Candidate = {
  id: string
  nativeId: string
  name: string
  scope: string
  scopeNativeId: string
  retired: boolean
}

const CANDIDATES_MAX = 20

async function candidates(actor: Actor, match: Prisma.Sql, scope?: string): Promise<Candidate[]> {
  const inScope = scope
    ? Prisma.sql`(s.id::text = ${scope} OR s.native_id = ${scope} OR s.name = ${scope})`
    : undefined
  return reader.$queryRaw<Candidate[]>(Prisma.sql`
    SELECT i.id, i.native_id AS "nativeId", i.name, s.name AS scope, s.native_id AS "scopeNativeId",
      i.retired_at IS NOT NULL AS retired
    FROM ${IDENTITY_FROM} JOIN scope s ON s.id = i.scope_id
    WHERE ${allOf([match, inScope, ownedBy(actor)])}
    ORDER BY i.retired_at IS NOT NULL, s.name, i.id LIMIT ${CANDIDATES_MAX}::int`)
}

/** Ways to read a reference, the surest first. `account:reference` says in which scope to look. */
function readings(reference: string): Prisma.Sql[] {
  const own = isUuid(reference) ? [Prisma.sql`i.id = ${reference}::uuid`] : []
  const inScope = (name: string) => Prisma.sql`(starts_with(${reference}, ${Prisma.raw(name)} || ':') AND (
      i.native_id = substr(${reference}, length(${Prisma.raw(name)}) + 2)
      OR i.aliases @> ARRAY[substr(${reference}, length(${Prisma.raw(name)}) + 2)]
      OR i.name = substr(${reference}, length(${Prisma.raw(name)}) + 2)))`
  return [
    ...own,
    Prisma.sql`i.native_id = ${reference}`,
    Prisma.sql`i.aliases @> ARRAY[${reference}]::text[]`,
    Prisma.sql`i.name = ${reference}`,
    Prisma.sql`(${inScope('s.native_id')} OR ${inScope('s.name')})`,
  ]
}

function ambiguous(reference: string, found: Candidate[]): RollcallError {
  return new RollcallError(
    'conflict',
    `“${reference}” may be ${found.length} identities. Name one by its id, or put its scope in front, as in “${found[0]?.scopeNativeId}:${reference}”.`,
    found.map((c) => ({
      path: c.id,
      message: `${c.name} (${c.nativeId}) in ${c.scope} (${c.scopeNativeId})${c.retired ? ', retired' : ''}`,
    })),
  )
}

async function notFound(actor: Actor, reference: string): Promise<RollcallError> {
  const looked = completenessWords(await completenessOf(actor))
  return new RollcallError('not-found', `No identity is known as “${reference}”. ${looked}`)
}

/** @throws RollcallError `not-found`, saying what was looked at, or `conflict`, listing the candidates */
export async function resolveIdentity(actor: Actor, reference: string, scope?: string): Promise<string> {
  mustRead(actor, 'identity:read')
  const asked = reference.trim()
  if (!asked || asked.includes('\u0000'))
    throw new RollcallError('invalid', 'Say which identity: its id, an ARN or a name.')
  for (const reading of readings(asked)) {
    const found = await candidates(actor, reading, scope)
    const current = found.filter((c) => !c.retired)
    // An alias may have passed to a successor: who holds it now is meant.
    const meant = current.length ? current : found
    if (meant.length === 1 && meant[0]) return meant[0].id
    if (meant.length > 1) throw ambiguous(asked, meant)
  }
  throw await notFound(actor, asked)
}
