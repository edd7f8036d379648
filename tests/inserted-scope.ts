// A scope whose rows a test writes itself: for what is asked about the inventory, whoever filled it.
import { absent, known, type Fact, type Instant } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { idOf } from '@/inventory/content-hash'
import { scopeIdOf } from '@/inventory/scopes'
import { db } from '@/prisma/client'
import { v4 as newId } from 'uuid'

const SOURCE = 'demo:List'
const FIRST = '2026-06-01T00:00:00.000Z'
const KINDS: Kind[] = ['identity', 'credential', 'grant', 'entitlement', 'owner-hint']
const NO_FINGERPRINT = '00000000-0000-0000-0000-000000000000'

export type InsertedScope = { id: string; connectionId: string; mode: 'live' | 'import' | 'sample' }

/** A connection that reads one scope, which was seen whole at the instant given. */
export async function insertScope(
  given: {
    at?: Instant
    mode?: InsertedScope['mode']
    intervalMinutes?: number
    paused?: boolean
    into?: string
  } = {},
): Promise<InsertedScope> {
  const { at = FIRST, mode = 'live', intervalMinutes = 60, paused = false } = given
  const nativeId = `s-${Math.random().toString(36).slice(2)}`
  const id = given.into ?? scopeIdOf('demo', mode === 'sample', nativeId)
  const connection = await db.connection.create({
    data: {
      connectorId: 'demo',
      name: `demo ${nativeId}`,
      mode,
      settings: Buffer.from('x'),
      intervalMinutes,
      paused,
      createdBy: 'test',
    },
  })
  if (!given.into)
    await db.scope.create({
      data: {
        id,
        connectorId: 'demo',
        nativeId,
        name: nativeId,
        type: 'demo.account',
        sample: mode === 'sample',
        firstSeenAt: at,
      },
    })
  await db.connectionScope.create({ data: { connectionId: connection.id, scopeId: id, listedAt: at } })
  if (!given.into) await lookAt(id, at)
  return { id, connectionId: connection.id, mode }
}

/** A look at everything, or at the kinds given. Partial ones leave the last complete one where it was. */
export async function lookAt(
  scopeId: string,
  at: Instant,
  { kinds = KINDS, partial = false }: { kinds?: Kind[]; partial?: boolean } = {},
): Promise<void> {
  const runId = newId()
  for (const kind of kinds) {
    const seen = partial
      ? { state: 'partial', why: 'denied', permission: SOURCE, detail: 'refused' }
      : {
          state: 'complete',
          why: null,
          permission: null,
          detail: null,
          completeAt: at,
          completeRunId: runId,
        }
    await db.look.upsert({
      where: { scopeId_stream_kind: { scopeId, stream: 'main', kind } },
      create: { scopeId, stream: 'main', kind, at, runId, gaps: [], ...seen },
      update: { at, runId, ...seen },
    })
  }
}

export const identityIdOf = (scopeId: string, nativeId: string) => idOf(scopeId, 'identity', nativeId)

const head = (scopeId: string, kind: Kind, nativeId: string, at: Instant) => ({
  id: idOf(scopeId, kind, nativeId),
  scopeId,
  stream: 'main',
  nativeId,
  fingerprint: NO_FINGERPRINT,
  firstSeenAt: at,
  validFrom: at,
  runId: newId(),
})

export type InsertedIdentity = {
  nativeId: string
  at?: Instant
  type?: string
  class?: string
  name?: string
  /** Who its one owner hint names. */
  owner?: string
  retired?: boolean
}

export async function insertIdentities(scopeId: string, given: readonly InsertedIdentity[]): Promise<void> {
  await db.identity.createMany({ data: given.map((one) => identityRow(scopeId, one)) })
  await db.ownerHint.createMany({
    data: given.flatMap(({ nativeId, owner, at }) => (owner ? [ownerRow(scopeId, nativeId, owner, at)] : [])),
  })
}
export const insertIdentity = (
  scopeId: string,
  nativeId: string,
  given: Omit<InsertedIdentity, 'nativeId'> = {},
) => insertIdentities(scopeId, [{ nativeId, ...given }])

function identityRow(scopeId: string, given: InsertedIdentity) {
  const { nativeId, at = FIRST, type = 'demo.robot', class: ofClass = 'machine', name = nativeId } = given
  const doc = {
    kind: 'identity',
    nativeId,
    aliases: [],
    type,
    name,
    class: ofClass,
    classReason: 'It is so.',
    createdAt: known('2026-01-01T00:00:00.000Z', SOURCE),
    enabled: known(true, SOURCE),
    lastUsedAt: absent(SOURCE),
    description: absent(SOURCE),
    maxSessionSeconds: absent(SOURCE),
    tags: absent(SOURCE),
  }
  return {
    ...head(scopeId, 'identity', nativeId, at),
    type,
    name,
    class: ofClass,
    aliases: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    lastUsedState: 'absent',
    enabled: true,
    retiredAt: given.retired ? at : null,
    doc,
  }
}

function ownerRow(scopeId: string, of: string, value: string, at: Instant = FIRST) {
  const hint = { names: 'person', value, via: 'tag owner' }
  return {
    ...head(scopeId, 'owner-hint', `${of}/${value}`, at),
    identityId: identityIdOf(scopeId, of),
    identityRef: of,
    ...hint,
    doc: { kind: 'owner-hint', nativeId: `${of}/${value}`, identity: of, ...hint },
  }
}
export const insertOwner = (scopeId: string, of: string, value: string) =>
  db.ownerHint.create({ data: ownerRow(scopeId, of, value) })

/** A static key, made when it says. */
export async function insertCredential(
  scopeId: string,
  nativeId: string,
  of: string | undefined,
  createdAt: Instant,
  rotatedAt: Fact<Instant> = absent(SOURCE),
): Promise<string> {
  const row = head(scopeId, 'credential', nativeId, FIRST)
  const facts = {
    createdAt: known(createdAt, SOURCE),
    rotatedAt,
    expiresAt: absent(SOURCE),
    lastUsedAt: absent(SOURCE),
    lastUsedWhere: absent(SOURCE),
    enabled: known(true, SOURCE),
  }
  await db.credential.create({
    data: {
      ...row,
      identityId: of === undefined ? null : identityIdOf(scopeId, of),
      identityRef: of ?? null,
      type: 'demo.key',
      form: 'static-key',
      name: nativeId,
      createdAt,
      rotatedAt: rotatedAt.state === 'known' ? rotatedAt.value : null,
      enabled: true,
      doc: {
        kind: 'credential',
        nativeId,
        identity: of === undefined ? absent(SOURCE) : known(of, SOURCE),
        type: 'demo.key',
        form: 'static-key',
        name: nativeId,
        ...facts,
      },
    },
  })
  return row.id
}
