// What a person means by the thing that a question is about: an identity, something that runs, a key, a token, a vendor.
import type { AccessAnswer } from '@/core/access'
import { RollcallError } from '@/core/errors'
import { fitsPattern } from '@/core/join'
import type { Actor } from '@/core/permissions'
import { resolveIdentity } from '@/inventory/queries/resolve-identity'
import { mustRead } from '@/inventory/queries/visible'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { bearersOf, bestFor } from '../joined-steps'
import { judgedRealm } from '../realm-cache'
import type { Node } from '../walk'

export type Start = {
  /** What is meant, in words. */
  words: string
  nodes: Node[]
  /** Whether more is meant than is followed. */
  more: boolean
}
/** Candidates told where what is named is not one thing's name alone. */
const CANDIDATES_MAX = 20
/** Things that one question begins with at most. */
const STARTS_MAX = 500

/**
 * Reads `token:<issuer>|<subject>` (whoever bears such a token), `vendor:<name>` (everything of a vendor), or names an
 * identity, workload, credential, stored secret or issuer by its id or name.
 * @throws RollcallError `not-found`, saying what was looked at, or `conflict`, listing candidates
 */
export async function startOf(
  actor: Actor,
  reference: string,
  { scope, certain }: { scope?: string | undefined; certain?: boolean } = {},
): Promise<Start> {
  mustRead(actor, 'access:read')
  const text = reference.trim()
  if (/^token:/i.test(text)) return bearers(text.slice('token:'.length), certain ?? false)
  if (/^vendor:/i.test(text)) return vendor(text.slice('vendor:'.length).trim())
  const other = await otherThing(text)
  if (other) return other
  const id = await resolveIdentity(actor, text, scope)
  return { words: text, nodes: [{ id, kind: 'identity' }], more: false }
}

type Other = {
  id: string
  kind: 'workload' | 'credential' | 'secret' | 'issuer'
  identityId: string | null
  name: string
}
/** Anything but an identity, by its id or its id at its source. A credential stands for whoever holds it. */
async function otherThing(text: string): Promise<Start | undefined> {
  const of = (kind: string, identity: string) => Prisma.sql`
    SELECT id, ${kind}::text AS kind, ${Prisma.raw(identity)} AS "identityId", name FROM ${Prisma.raw(kind)}
    WHERE retired_at IS NULL AND (id::text = ${text} OR native_id = ${text})`
  const rows = await db.$queryRaw<Other[]>(Prisma.sql`
    ${of('workload', 'NULL::uuid')} UNION ALL ${of('credential', 'identity_id')}
    UNION ALL ${of('secret', 'NULL::uuid')} UNION ALL ${of('issuer', 'NULL::uuid')} LIMIT ${CANDIDATES_MAX}::int`)
  const [one] = rows
  if (!one) return undefined
  if (rows.length > 1)
    throw new RollcallError(
      'conflict',
      `“${text}” may be several things. Name one by its id.`,
      rows.map(({ id, kind, name }) => ({ path: id, message: `${kind} ${name}` })),
    )
  if (one.kind !== 'credential')
    return { words: one.name, nodes: [{ id: one.id, kind: one.kind }], more: false }
  const nodes: Node[] = one.identityId === null ? [] : [{ id: one.identityId, kind: 'identity' }]
  return { words: `whoever has ${one.name}`, nodes, more: false }
}

async function vendor(name: string): Promise<Start> {
  if (!name) throw new RollcallError('invalid', 'Write a vendor as vendor:<name>.')
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM identity WHERE retired_at IS NULL AND doc #>> '{vendor,state}' = 'known'
      AND lower(doc #>> '{vendor,value}') = lower(${name}) ORDER BY id LIMIT ${STARTS_MAX + 1}::int`
  if (!rows.length)
    throw new RollcallError('not-found', `No identity is known to belong to a vendor called “${name}”.`)
  const nodes = rows.slice(0, STARTS_MAX).map(({ id }): Node => ({ id, kind: 'identity' }))
  return { words: `everything of ${name}`, nodes, more: rows.length > STARTS_MAX }
}

type Link = { identityId: string; scopeId: string; nativeId: string; match: string; value: string }
const SUBJECT = 'oidc.subject'
/**
 * Whoever lets in the bearer of a token with this issuer and subject: named by trust, exactly or by a pattern that it fits, and
 * judged by all that the trust says. Where that depends on something, it is followed and said, unless only what is certain is asked.
 */
async function bearers(text: string, certain: boolean): Promise<Start> {
  const value = text.trim().replace(/^https:\/\//, '')
  const bar = value.indexOf('|')
  if (bar < 1 || bar === value.length - 1)
    throw new RollcallError('invalid', 'Write a token as token:<issuer>|<subject>.', [
      { path: 'from', message: 'has no “|” between issuer and subject' },
    ])
  const issuer = value.slice(0, bar)
  const links = await db.$queryRaw<Link[]>`
    SELECT DISTINCT l.identity_id AS "identityId", i.scope_id AS "scopeId", i.native_id AS "nativeId", l.match, l.value
    FROM join_link l JOIN identity i ON i.id = l.identity_id AND i.retired_at IS NULL
    WHERE l.to_type = ${SUBJECT} AND NOT l.gone AND l.means = 'becomes-this'
      AND (l.match = 'exact' AND l.value = ${value} OR l.match = 'pattern' AND starts_with(${value}, l.literal_prefix))
    ORDER BY "scopeId", "identityId" LIMIT ${STARTS_MAX * 4}::int`
  const fitting = new Map(
    links
      .filter((one) => one.match === 'exact' || fitsPattern(one.value, value))
      .map((one) => [one.identityId, one]),
  )
  const meant = [...fitting.values()].slice(0, STARTS_MAX)
  const nodes: Node[] = []
  const open: string[] = []
  for (const { identityId, scopeId, nativeId } of meant) {
    const answer = await letIn(value, scopeId, nativeId)
    if (answer?.answer === 'no' || (certain && answer?.answer === 'depends')) continue
    if (answer?.answer === 'depends') open.push(answer.missing?.[0] ?? answer.because[0] ?? '')
    nodes.push({ id: identityId, kind: 'identity' })
  }
  const words = `whoever bears a token of ${issuer} for ${value.slice(bar + 1)}`
  return {
    words: open.length
      ? `${words} (let in by ${nodes.length}, of which ${open.length} depend: ${open[0]})`
      : words,
    nodes,
    more: fitting.size > STARTS_MAX,
  }
}

/** @returns undefined where nobody can judge the trust: it is then taken as it says */
async function letIn(value: string, scopeId: string, nativeId: string): Promise<AccessAnswer | undefined> {
  const judged = await judgedRealm(scopeId)
  const trusting = judged?.realm.principals.find(({ id }) => id === nativeId)
  return judged?.access && trusting && bestFor(bearersOf(value, trusting), trusting, judged.access)
}
