// Everything known about one credential or stored secret, each fact with its source and time. Never a value: there is none.
import type { CredentialRow, FindingRow, IdentityRow } from '@/core/list'
import { RollcallError } from '@/core/errors'
import type { Key } from '@/core/join'
import type { Of } from '@/core/observation'
import type { Actor } from '@/core/permissions'
import { secretHintLooks } from '@/inventory/hint-looks'
import { reader, readingNow } from '@/inventory/moment/at-moment'
import { historyBegins } from '@/inventory/moment/history-begins'
import { Prisma } from '@/prisma/generated/client'
import { completenessOf } from './completeness-of'
import { credentialConnections, type CredentialConnections } from './credential-connections'
import { credentialFacts, secretFacts, type CredentialFacts } from './credential-facts'
import { credentialSelect, credentialJoins, credentialRow, type RawCredential } from './credential-row'
import { CREDENTIAL_KINDS, seenBy, type CredentialKind } from './credential-where'
import { confirmedAt, factView, looksOf, withAge } from './fact-view'
import { EXPECTED_MINUTES } from './freshness'
import { findingColumns, findingRows, type RawFinding } from './finding-row'
import { IDENTITY_COLUMNS, identityRow, type RawIdentity } from './identity-row'
import { hintsAtSecret } from './identity-relations'
import { IDENTITY_FROM } from './identity-where'
import { eventsOf, findingEvents, TAKE, timelineOf, versionsOf, type Version } from './row-versions'
import { allOf, compact, isUuid } from './sql'
import type { Bounded, FullCompleteness, LookView, OwnerHintView, Timeline } from './types'
import { mustRead } from './visible'

export type CredentialDetail = {
  credential: CredentialRow
  facts: CredentialFacts
  /** The identity of a credential, where it has been seen. */
  identity?: IdentityRow
  /** When a look last confirmed that it exists. */
  confirmedAt: string
  /** Who answers for it: for a credential whoever answers for its identity, for a stored secret whom hints name. */
  owner: IdentityRow['owner']
  /** Of a stored secret. */
  ownerHints: Bounded<OwnerHintView>
  connections: CredentialConnections
  findings: Bounded<FindingRow>
  looks: LookView[]
  timeline: Timeline
  completeness: FullCompleteness
}

const FINDINGS_MAX = 100

type Raw = RawCredential & { stream: string; validFrom: Date; minutes: number | null }

/** What the actor may not see is not found. */
async function rawCredential(actor: Actor, id: string): Promise<Raw> {
  mustRead(actor, 'identity:read')
  const of = (kind: CredentialKind) => Prisma.sql`
    SELECT ${credentialSelect(kind)}, r.stream, r.valid_from AS "validFrom", ${EXPECTED_MINUTES} AS minutes
    FROM ${Prisma.raw(kind)} r ${credentialJoins(kind)} WHERE ${allOf([Prisma.sql`r.id = ${id}::uuid`, seenBy(actor, kind)])}`
  const [raw] = isUuid(id)
    ? await reader.$queryRaw<Raw[]>(Prisma.join(CREDENTIAL_KINDS.map(of), ' UNION ALL '))
    : []
  if (!raw)
    throw new RollcallError(
      'not-found',
      `No credential or stored secret has the id ${id}. It may have been removed together with its source.`,
    )
  return raw
}

function factsOf({ doc }: Raw, at: string): CredentialFacts {
  if (doc.kind === 'secret') return secretFacts(doc, at)
  return { identity: factView(doc.identity, at), ...credentialFacts(doc, at) }
}

async function identityOf(id: string | null): Promise<IdentityRow | undefined> {
  if (!id) return undefined
  const [raw] = await reader.$queryRaw<RawIdentity[]>(Prisma.sql`
    SELECT ${IDENTITY_COLUMNS} FROM ${IDENTITY_FROM} JOIN scope s ON s.id = i.scope_id WHERE i.id = ${id}::uuid`)
  return raw && identityRow(raw)
}

/** The findings of one credential: open before resolved, worst first. */
async function findingsAbout(actor: Actor, id: string): Promise<Bounded<FindingRow>> {
  const rows = await reader.$queryRaw<RawFinding[]>(Prisma.sql`
    SELECT ${findingColumns(actor)} FROM finding f JOIN scope s ON s.id = f.scope_id WHERE f.subject_id = ${id}::uuid
    ORDER BY f.state, f.verdict, f.severity, f.id LIMIT ${FINDINGS_MAX + 1}::int`)
  return { rows: await findingRows(rows.slice(0, FINDINGS_MAX)), more: rows.length > FINDINGS_MAX }
}

async function timeline(actor: Actor, { id, kind, firstSeenAt }: Raw): Promise<Timeline> {
  const begins = await historyBegins()
  const [versions, findings] = await Promise.all([
    reader.$queryRaw<Version[]>(versionsOf(kind, Prisma.sql`v.id = ${id}::uuid`, begins)),
    findingEvents(actor, Prisma.sql`subject_id = ${id}::uuid`, begins),
  ])
  return timelineOf({
    events: [...eventsOf(versions, firstSeenAt), ...findings],
    begins,
    firstSeenAt,
    more: versions.length === TAKE,
  })
}

const NO_HINTS: Bounded<OwnerHintView> = { rows: [], more: false }
const keysOf = ({ doc, retiredAt }: Raw): Key[] =>
  retiredAt ? [] : ((doc as Of<'secret'> & { keys?: Key[] }).keys ?? [])

/** Nobody is a fact only where all was read that could name somebody. */
function ownerOf(
  raw: Raw,
  identity: IdentityRow | undefined,
  { rows }: Bounded<OwnerHintView>,
  looks: readonly LookView[],
): IdentityRow['owner'] {
  if (raw.doc.kind === 'credential')
    return identity?.owner ?? { state: raw.doc.identity.state === 'absent' ? 'absent' : 'unknown' }
  const [hint] = rows
  if (hint) return { state: 'known', name: hint.value }
  const telling = secretHintLooks(looks)
  const whole = telling.length > 0 && telling.every(({ completeAt }) => completeAt !== undefined)
  return { state: whole ? 'absent' : 'unknown' }
}

/** @throws RollcallError `forbidden` or `not-found` */
export async function getCredential(actor: Actor, id: string): Promise<CredentialDetail> {
  const raw = await rawCredential(actor, id)
  const { kind, scopeId, nativeId, retiredAt } = raw
  const looks = await looksOf(scopeId)
  const at = confirmedAt(raw, kind, looks)
  const facts = factsOf(raw, at)
  const [identity, ownerHints, connections, findings, told, completeness] = await Promise.all([
    identityOf(raw.identityId),
    kind === 'secret' ? hintsAtSecret({ id, nativeId, scopeId, retiredAt, looks }) : NO_HINTS,
    credentialConnections(actor, { id, kind, scopeId, keys: keysOf(raw) }),
    findingsAbout(actor, id),
    timeline(actor, raw),
    completenessOf(actor, { scopeIds: [scopeId] }),
  ])
  return compact({
    credential: credentialRow(raw),
    facts: retiredAt ? facts : withAge(facts, raw.minutes ?? undefined, readingNow()),
    identity,
    confirmedAt: at,
    owner: ownerOf(raw, identity, ownerHints, looks),
    ownerHints,
    connections,
    findings,
    looks,
    timeline: told,
    completeness,
  })
}
