// Everything known about one identity, each fact with its source and time.
import type { Fact, Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import type { Owner, Privilege } from '@/core/subject'
import { reader, readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { privilegeTo } from './beyond-scopes'
import { completenessOf } from './completeness-of'
import { confirmedAt, factView, factViewIf, looksOf, withAge } from './fact-view'
import { EXPECTED_MINUTES } from './freshness'
import { findingsOf } from './finding-row'
import {
  credentialsOf,
  grantsOf,
  issuersOf,
  ownerHintsOf,
  trustOf,
  usageOf,
  workloadsOf,
  type Of1,
} from './identity-relations'
import { connectionsOf } from './identity-connections'
import { IDENTITY_COLUMNS, identityRow, type RawIdentity } from './identity-row'
import { identityTimeline } from './identity-timeline'
import { IDENTITY_FROM } from './identity-where'
import { ownerView, privilegeView } from './joined-fact'
import { allOf, compact, iso, isUuid } from './sql'
import type { CredentialView, IdentityDetail } from './types'
import { mustRead, ownedBy } from './visible'

type Raw = RawIdentity & {
  stream: string
  aliases: string[]
  doc: Of<'identity'>
  validFrom: Date
  predecessorId: string | null
  minutes: number | null
  owner: Fact<Owner> | null
  privilegeFact: Fact<Privilege> | null
  evaluatedAt: Date | null
}

/** What the actor may not see is not found. */
async function rawIdentity(actor: Actor, id: string): Promise<Raw> {
  mustRead(actor, 'identity:read')
  const where = () => allOf([Prisma.sql`i.id = ${id}::uuid`, ownedBy(actor)])
  const [raw] = isUuid(id)
    ? await reader.$queryRaw<Raw[]>(Prisma.sql`
    SELECT ${IDENTITY_COLUMNS}, i.stream, i.aliases, i.doc, i.valid_from AS "validFrom", i.predecessor_id AS "predecessorId",
      p.owner, p.privilege AS "privilegeFact", ${EXPECTED_MINUTES} AS minutes,
      -- An identity that is there is asked about whenever its scope is; about the past only its last change is kept.
      CASE WHEN i.retired_at IS NULL AND p.identity_id IS NOT NULL THEN greatest(p.evaluated_at, s.evaluated_at)
        ELSE p.evaluated_at END AS "evaluatedAt"
    FROM ${IDENTITY_FROM} JOIN scope s ON s.id = i.scope_id WHERE ${where()}`)
    : []
  if (!raw)
    throw new RollcallError(
      'not-found',
      `No identity has the id ${id}. It may have been removed together with its source.`,
    )
  return raw
}

const ownFacts = (doc: Of<'identity'>, at: Instant) => ({
  createdAt: factView(doc.createdAt, at),
  enabled: factView(doc.enabled, at),
  lastUsedAt: factView(doc.lastUsedAt, at),
  description: factView(doc.description, at),
  maxSessionSeconds: factView(doc.maxSessionSeconds, at),
  tags: factView(doc.tags, at),
  ...factViewIf('automountsToken', doc.automountsToken, at),
  ...factViewIf('vendor', doc.vendor, at),
  ...factViewIf('facets', doc.facets, at),
})

async function trustAndIssuers(actor: Actor, of: Of1) {
  const trust = await trustOf(actor, of)
  return { trust, issuers: await issuersOf(of, trust) }
}

/** @throws RollcallError `forbidden` or `not-found` */
export async function getIdentity(actor: Actor, id: string): Promise<IdentityDetail> {
  const raw = await rawIdentity(actor, id)
  const looks = await looksOf(raw.scopeId)
  const about = looks.filter((look) => look.about?.includes(raw.type) ?? true)
  const { doc, evaluatedAt } = raw
  const of = { id, nativeId: raw.nativeId, scopeId: raw.scopeId, retiredAt: raw.retiredAt, looks }
  const at = confirmedAt(raw, 'identity', looks)
  const minutes = raw.retiredAt ? undefined : (raw.minutes ?? undefined)
  const aged = <F extends object>(facts: F) => withAge(facts, minutes, readingNow())
  const agedKey = (key: CredentialView) => (key.retiredAt ? key : { ...key, facts: aged(key.facts) })
  const [
    credentials,
    grants,
    ownerHints,
    usedBy,
    usage,
    { trust, issuers },
    connections,
    findings,
    timeline,
    completeness,
  ] = await Promise.all([
    credentialsOf(of),
    grantsOf(of),
    ownerHintsOf(of),
    workloadsOf(of),
    usageOf(of),
    trustAndIssuers(actor, of),
    connectionsOf(actor, { ...of, keys: raw.retiredAt ? [] : (doc.keys ?? []), self: raw }),
    findingsOf(id, actor),
    identityTimeline(actor, id, raw),
    completenessOf(actor, { scopeIds: [raw.scopeId] }),
  ])
  return compact({
    identity: identityRow(raw),
    aliases: raw.aliases,
    classReason: doc.classReason,
    consoleUrl: doc.consoleUrl,
    facts: aged({
      ...ownFacts(doc, at),
      owner: ownerView({ fact: raw.owner, evaluatedAt }, ownerHints.rows, about),
      privilege: privilegeTo(actor, privilegeView({ fact: raw.privilegeFact, evaluatedAt }, about)),
    }),
    evaluatedAt: evaluatedAt ? iso(evaluatedAt) : undefined,
    confirmedAt: at,
    credentials: { ...credentials, rows: credentials.rows.map(agedKey) },
    grants,
    trust,
    ownerHints,
    usedBy,
    usage,
    issuers,
    connections,
    findings,
    looks: about,
    timeline,
    completeness,
  })
}
