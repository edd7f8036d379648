// Rows written at made-up instants, as if the clock of the database had stood there: for tests of what was when.
import { createHash } from 'node:crypto'
import { absent, known, unknown } from '@/core/fact'
import type { Instant } from '@/core/fact'
import { db, type Tx } from '@/prisma/client'
import type { Prisma } from '@/prisma/generated/client'

/** The same text is the same id, whenever. */
export const uuid = (...parts: string[]): string => {
  const hex = createHash('md5').update(parts.join('\n')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** Everything the work writes becomes known at the instant. Instants must not go back from call to call. */
export const knownAt = <T>(now: Instant, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('rollcall.now', ${now}, true)`
    return work(tx)
  })

const RUN = uuid('run')
type Doc = Record<string, unknown>
const FINGERPRINT = '00000000-0000-0000-0000-000000000001'

export async function putSource(
  tx: Tx,
  name: string,
  { at, scopes, mode = 'live' }: { at: Instant; scopes: string[]; mode?: 'live' | 'sample' | 'import' },
): Promise<string> {
  const id = uuid('connection', name)
  await tx.connection.create({
    data: {
      id,
      connectorId: 'demo',
      name,
      mode,
      settings: Buffer.from('top-secret-settings'),
      intervalMinutes: 60,
      createdAt: at,
      createdBy: 'test',
    },
  })
  for (const scope of scopes) await putScope(tx, id, scope, at, mode === 'sample')
  return id
}

export async function putScope(
  tx: Tx,
  connectionId: string,
  name: string,
  at: Instant,
  sample = false,
): Promise<string> {
  const id = uuid('scope', name)
  await tx.scope.upsert({
    where: { id },
    create: {
      id,
      connectorId: 'demo',
      nativeId: name,
      name,
      type: 'demo.account',
      sample,
      firstSeenAt: at,
      authorities: [],
      validFrom: at,
    },
    update: {},
  })
  await tx.connectionScope.create({ data: { connectionId, scopeId: id, listedAt: at, validFrom: at } })
  return id
}

export async function putRun(tx: Tx, connectionId: string, at: Instant, id = RUN): Promise<string> {
  await tx.run.create({
    data: {
      id,
      connectionId,
      state: 'complete',
      trigger: 'test',
      requestedBy: 'test',
      createdAt: at,
      startedAt: at,
      endedAt: at,
      observedAt: at,
      scopesCoverage: { state: 'complete', gaps: [] },
      validFrom: at,
    },
  })
  return id
}

/** A look at one kind of one scope; `whole` or not. */
export async function putLook(tx: Tx, scope: string, kind: string, at: Instant, whole = true): Promise<void> {
  const key = { scopeId: uuid('scope', scope), stream: 'main', kind }
  const seen = { at, runId: RUN, state: whole ? 'complete' : 'partial', gaps: [], validFrom: at }
  const complete = whole ? { completeAt: at, completeRunId: RUN } : { why: 'denied', permission: 'demo:List' }
  await tx.look.upsert({
    where: { scopeId_stream_kind: key },
    create: { ...key, ...seen, ...complete },
    update: { ...seen, ...complete },
  })
}

const head = (scope: string, kind: string, nativeId: string, doc: Doc, at: Instant) => ({
  id: uuid(kind, scope, nativeId),
  scopeId: uuid('scope', scope),
  stream: 'main',
  nativeId,
  doc: { kind, nativeId, ...doc } as Prisma.InputJsonObject,
  fingerprint: FINGERPRINT,
  firstSeenAt: at,
  validFrom: at,
  runId: RUN,
})
/** An update leaves who it is and since when it is seen as they are, and brings back what was gone. */
const again = <H extends { id: string; firstSeenAt: string }>({ id: _, firstSeenAt: __, ...rest }: H) => ({
  ...rest,
  retiredAt: null,
  retiredRunId: null,
})

export const identityDoc = (name: string, more: Doc = {}): Doc => ({
  name,
  class: 'machine',
  classReason: 'It is a robot.',
  aliases: [],
  type: 'demo.robot',
  createdAt: absent('demo:List'),
  enabled: known(true, 'demo:List'),
  lastUsedAt: absent('demo:List'),
  description: absent('demo:List'),
  maxSessionSeconds: absent('demo:List'),
  tags: known({ team: 'a' }, 'demo:List'),
  ...more,
})

export async function putIdentity(
  tx: Tx,
  scope: string,
  nativeId: string,
  at: Instant,
  more: Doc = {},
): Promise<string> {
  const name = typeof more.name === 'string' ? more.name : nativeId
  const data = {
    ...head(scope, 'identity', nativeId, identityDoc(name, more), at),
    type: 'demo.robot',
    name,
    class: 'machine',
    aliases: [],
    lastUsedState: 'absent',
  }
  await tx.identity.upsert({ where: { id: data.id }, create: data, update: again(data) })
  return data.id
}

const credentialDoc = (name: string, of: string): Doc => ({
  name,
  identity: known(of, 'demo:List'),
  type: 'demo.key',
  form: 'static-key',
  ...Object.fromEntries(
    ['createdAt', 'rotatedAt', 'expiresAt', 'lastUsedAt', 'lastUsedWhere'].map((fact) => [
      fact,
      absent('demo:List'),
    ]),
  ),
  enabled: known(true, 'demo:List'),
})

export async function putCredential(
  tx: Tx,
  scope: string,
  nativeId: string,
  of: string,
  at: Instant,
  more: Doc = {},
): Promise<string> {
  const data = {
    ...head(scope, 'credential', nativeId, { ...credentialDoc(nativeId, of), ...more }, at),
    type: 'demo.key',
    form: 'static-key',
    name: nativeId,
    identityId: uuid('identity', scope, of),
    identityRef: of,
  }
  await tx.credential.upsert({ where: { id: data.id }, create: data, update: again(data) })
  return data.id
}

export async function putGrant(
  tx: Tx,
  scope: string,
  nativeId: string,
  of: string,
  at: Instant,
  more: Doc = {},
): Promise<string> {
  const data = {
    ...head(
      scope,
      'grant',
      nativeId,
      {
        entitlementName: nativeId,
        identity: of,
        entitlement: nativeId,
        effect: 'allow',
        via: 'attached',
        ...more,
      },
      at,
    ),
    identityId: uuid('identity', scope, of),
    identityRef: of,
    entitlementId: uuid('entitlement', nativeId),
    effect: 'allow',
    via: 'attached',
  }
  await tx.grant.upsert({ where: { id: data.id }, create: data, update: again(data) })
  return data.id
}

export async function retire(
  tx: Tx,
  table: 'identity' | 'credential' | 'grant',
  id: string,
  at: Instant,
): Promise<void> {
  const data = { retiredAt: at, retiredRunId: RUN, validFrom: at }
  if (table === 'identity') await tx.identity.update({ where: { id }, data })
  else if (table === 'credential') await tx.credential.update({ where: { id }, data })
  else await tx.grant.update({ where: { id }, data })
}

const ownerFact = (owner: string | null | undefined) => {
  if (owner === undefined) return unknown('not-collected', 'rules')
  return owner === null
    ? absent('rules')
    : known({ name: owner, names: 'unclear', how: 'tag owner' }, 'rules')
}

export async function putPosture(
  tx: Tx,
  scope: string,
  nativeId: string,
  at: Instant,
  {
    owner,
    privilege = 'limited',
    failing = 0,
  }: { owner?: string | null; privilege?: string; failing?: number },
): Promise<void> {
  const data = {
    identityId: uuid('identity', scope, nativeId),
    scopeId: uuid('scope', scope),
    type: 'demo.robot',
    class: 'machine',
    owner: ownerFact(owner),
    privilege: known({ class: privilege, because: [] }, 'rules'),
    ownerState: owner === undefined ? 'unknown' : owner === null ? 'absent' : 'known',
    ownerName: owner ?? null,
    privilegeClass: privilege,
    credentials: 0,
    failing,
    unknowns: 0,
    worst: 9,
    evaluatedAt: at,
    validFrom: at,
  }
  await tx.posture.upsert({ where: { identityId: data.identityId }, create: data, update: data })
}

export async function putFinding(
  tx: Tx,
  scope: string,
  nativeId: string,
  at: Instant,
  { rule = 'some-rule', state = 'open', verdict = 'fail', message = 'It is so.' } = {},
): Promise<string> {
  const subjectId = uuid('identity', scope, nativeId)
  const data = {
    id: uuid('finding', rule, subjectId),
    ruleId: rule,
    revision: 'r',
    subjectKind: 'identity',
    subjectId,
    subjectName: nativeId,
    identityId: subjectId,
    scopeId: uuid('scope', scope),
    verdict,
    severity: 1,
    message,
    evidence: [],
    evidenceHash: message,
    state,
    openedAt: at,
    changedAt: at,
    resolvedAt: state === 'resolved' ? at : null,
    resolvedWhy: state === 'resolved' ? 'the rule passes now' : null,
    validFrom: at,
  }
  const { openedAt: _, ...update } = data
  await tx.finding.upsert({ where: { id: data.id }, create: data, update: state === 'open' ? data : update })
  return data.id
}

export async function putTally(tx: Tx, scope: string, at: Instant, rule = 'some-rule'): Promise<void> {
  const data = {
    ruleId: rule,
    scopeId: uuid('scope', scope),
    pass: 1,
    fail: 0,
    unknown: 0,
    notApplicable: 0,
    at,
    validFrom: at,
  }
  await tx.tally.create({ data })
}

/** Empties the inventory and its past, so that the next test begins with nothing. */
export async function forgetEverything(): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL rollcall.forget = 'on'`
    await tx.finding.deleteMany()
    await tx.posture.deleteMany()
    await tx.connection.deleteMany()
    await tx.scope.deleteMany()
    const tables = await tx.$queryRaw<{ name: string }[]>`
      SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'past'::regnamespace AND relkind = 'r'`
    for (const { name } of tables) await tx.$executeRawUnsafe(`DELETE FROM past."${name}"`)
  })
}
