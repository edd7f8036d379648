// Everything known about one identity, each fact with its source and time.
import type { Fact } from '@/core/fact'
import type { Of } from '@/core/observation'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import type { Owner, Privilege } from '@/core/subject'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { completenessOf } from './completeness-of'
import { confirmedAt, factView, looksOf } from './fact-view'
import { findingsOf } from './finding-row'
import {
  credentialsOf,
  grantsOf,
  issuersOf,
  ownerHintsOf,
  trustOf,
  usageOf,
  workloadsOf,
} from './identity-relations'
import { IDENTITY_COLUMNS, identityRow, type RawIdentity } from './identity-row'
import { identityTimeline } from './identity-timeline'
import { IDENTITY_FROM } from './identity-where'
import { mustSeeIdentity } from './must-see-identity'
import { compact, iso } from './sql'
import type { FactView, IdentityDetail } from './types'

type Raw = RawIdentity & {
  stream: string
  aliases: string[]
  doc: Of<'identity'>
  validFrom: Date
  owner: Fact<Owner> | null
  privilegeFact: Fact<Privilege> | null
  evaluatedAt: Date | null
}

async function rawIdentity(id: string): Promise<Raw> {
  const [raw] = await db.$queryRaw<Raw[]>(Prisma.sql`
    SELECT ${IDENTITY_COLUMNS}, i.stream, i.aliases, i.doc, i.valid_from AS "validFrom",
      p.owner, p.privilege AS "privilegeFact", p.evaluated_at AS "evaluatedAt"
    FROM ${IDENTITY_FROM} JOIN scope s ON s.id = i.scope_id WHERE i.id = ${id}::uuid`)
  if (!raw) throw new RollcallError('not-found', `No identity has the id ${id}.`)
  return raw
}

/** A joined fact is unknown until the rules were asked. */
const joined = <T>(fact: Fact<T> | null, evaluatedAt: Date | null): FactView<T> =>
  fact && evaluatedAt
    ? factView(fact, iso(evaluatedAt))
    : {
        state: 'unknown',
        why: 'not-collected',
        source: 'evaluation',
        detail: 'the rules have not been asked yet',
      }

/** @throws RollcallError `forbidden` or `not-found` */
export async function getIdentity(actor: Actor, id: string): Promise<IdentityDetail> {
  await mustSeeIdentity(actor, id)
  const raw = await rawIdentity(id)
  const looks = await looksOf(raw.scopeId)
  const { doc, evaluatedAt } = raw
  const of = { id, nativeId: raw.nativeId, scopeId: raw.scopeId, retiredAt: raw.retiredAt, looks }
  const at = confirmedAt(raw, 'identity', looks)
  const trust = await trustOf(actor, of)
  const [credentials, grants, ownerHints, usedBy, usage, issuers, findings, timeline, completeness] =
    await Promise.all([
      credentialsOf(of),
      grantsOf(of),
      ownerHintsOf(of),
      workloadsOf(of),
      usageOf(of),
      issuersOf(of, trust),
      findingsOf(id),
      identityTimeline(actor, id),
      completenessOf(actor, { scopeIds: [raw.scopeId] }),
    ])
  return compact({
    identity: identityRow(raw),
    aliases: raw.aliases,
    classReason: doc.classReason,
    consoleUrl: doc.consoleUrl,
    facts: {
      createdAt: factView(doc.createdAt, at),
      enabled: factView(doc.enabled, at),
      lastUsedAt: factView(doc.lastUsedAt, at),
      description: factView(doc.description, at),
      maxSessionSeconds: factView(doc.maxSessionSeconds, at),
      tags: factView(doc.tags, at),
      owner: joined(raw.owner, evaluatedAt),
      privilege: joined(raw.privilegeFact, evaluatedAt),
    },
    evaluatedAt: evaluatedAt ? iso(evaluatedAt) : undefined,
    confirmedAt: at,
    credentials,
    grants,
    trust,
    ownerHints,
    usedBy,
    usage,
    issuers,
    findings,
    looks,
    timeline,
    completeness,
  })
}
