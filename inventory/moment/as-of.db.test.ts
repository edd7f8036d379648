// Whatever a page can ask about a moment is answered by the same bytes later, whatever happened since.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { known } from '@/core/fact'
import { CredentialFilter, FindingFilter, IdentityFilter } from '@/core/list'
import type { Moment } from '@/core/moment'
import type { Actor } from '@/core/permissions'
import { listActivity } from '@/governance/activity/list-activity'
import { connectionView, listConnections } from '@/governance/connections/list-connections'
import { pauseConnection } from '@/governance/connections/pause-connection'
import { listRuns, runDetail } from '@/governance/runs/list-runs'
import { askedScopes } from '@/inventory/queries/asked-scopes'
import { completenessOf } from '@/inventory/queries/completeness-of'
import { credentialFacets } from '@/inventory/queries/credential-facets'
import { eachCredential } from '@/inventory/queries/each-credential'
import { eachFinding } from '@/inventory/queries/each-finding'
import { eachIdentity } from '@/inventory/queries/each-identity'
import { findingGroups } from '@/inventory/queries/finding-groups'
import { getCredential } from '@/inventory/queries/get-credential'
import { getFinding } from '@/inventory/queries/get-finding'
import { getIdentity } from '@/inventory/queries/get-identity'
import { getRun } from '@/inventory/queries/get-run'
import { getSource } from '@/inventory/queries/get-source'
import { homeSummary } from '@/inventory/queries/home-summary'
import { identityFacets } from '@/inventory/queries/identity-facets'
import { listCredentials } from '@/inventory/queries/list-credentials'
import { listFindings } from '@/inventory/queries/list-findings'
import { listIdentities } from '@/inventory/queries/list-identities'
import { listSources } from '@/inventory/queries/list-sources'
import { resolveIdentity } from '@/inventory/queries/resolve-identity'
import { ruleTallies } from '@/inventory/queries/rule-tallies'
import { db } from '@/prisma/client'
import { actorOf, estate, look, ownerHint } from '@/tests/queried-estate'
import { vaultful } from '@/tests/queried-secrets'
import { connection, credential, identity, refused, type Look } from '@/tests/scripted-source'
import { askMoment } from './ask-moment'
import { atMoment, reader } from './at-moment'
import { closeMomentClient } from './moment-client'

const administrator = actorOf('administrator')
const owner = actorOf('owner', { email: 'ann@example.com' })
const IDENTITIES = [
  {},
  { state: 'any', sort: 'worst' },
  { unused: '90' },
  { owner: 'none' },
  { q: 'same', sort: '-lastUsed' },
]
const CREDENTIALS = [
  {},
  { state: 'any', sort: 'expires' },
  { unused: '90' },
  { expiry: '30', kind: 'secret' },
  { q: 'same', sort: '-name' },
]
const FINDINGS = [{}, { state: 'any', sort: '-opened' }, { verdict: 'unknown' }]

const all = async <T>(batches: AsyncIterable<T[]>): Promise<T[]> => {
  const rows: T[] = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}

/** Every read that a page of the record makes, by name; a refusal is an answer too. */
function reads(ids: {
  identities: string[]
  credentials: string[]
  findings: string[]
  runs: string[]
  sources: string[]
}) {
  const asked: Record<string, () => Promise<unknown>> = {}
  const lists = (name: string, actor: Actor) => {
    asked[`${name} home`] = () => homeSummary(actor)
    for (const filter of IDENTITIES.map((f) => IdentityFilter.parse(f))) {
      const text = JSON.stringify(filter)
      asked[`${name} identities ${text}`] = () => listIdentities(actor, filter)
      asked[`${name} facets ${text}`] = () => identityFacets(actor, filter)
      asked[`${name} every identity ${text}`] = () => all(eachIdentity(actor, filter))
    }
    for (const filter of FINDINGS.map((f) => FindingFilter.parse(f))) {
      const text = JSON.stringify(filter)
      asked[`${name} findings ${text}`] = () => listFindings(actor, filter)
      asked[`${name} groups ${text}`] = () => findingGroups(actor, filter)
      asked[`${name} every finding ${text}`] = () => all(eachFinding(actor, filter))
    }
    for (const filter of CREDENTIALS.map((f) => CredentialFilter.parse(f))) {
      const text = JSON.stringify(filter)
      asked[`${name} credentials ${text}`] = () => listCredentials(actor, filter)
      asked[`${name} credential facets ${text}`] = async () =>
        credentialFacets(actor, filter, await askedScopes(filter.scope))
      asked[`${name} every credential ${text}`] = () => all(eachCredential(actor, filter))
    }
    asked[`${name} tallies`] = () => ruleTallies(actor)
    asked[`${name} completeness`] = () => completenessOf(actor)
    asked[`${name} reference`] = () => resolveIdentity(actor, 'id-001')
    for (const id of ids.identities) asked[`${name} identity ${id}`] = () => getIdentity(actor, id)
    for (const id of ids.credentials) asked[`${name} credential ${id}`] = () => getCredential(actor, id)
    for (const id of ids.findings) asked[`${name} finding ${id}`] = () => getFinding(actor, id)
  }
  lists('administrator', administrator)
  lists('owner', owner)
  asked.sources = () => listSources(administrator)
  asked.connections = () => listConnections(administrator)
  asked.runs = () => listRuns(administrator)
  asked.activity = () => listActivity(administrator)
  for (const id of ids.sources) {
    asked[`source ${id}`] = () => getSource(administrator, id)
    asked[`connection ${id}`] = () => connectionView(administrator, id)
  }
  for (const id of ids.runs) {
    asked[`run ${id}`] = () => getRun(administrator, id)
    asked[`run detail ${id}`] = () => runDetail(administrator, id)
  }
  return asked
}

async function answersAt(moment: Moment, asked: ReturnType<typeof reads>): Promise<Record<string, string>> {
  const answers: Record<string, string> = {}
  for (const [name, read] of Object.entries(asked)) {
    const answer = await atMoment(moment, read).catch((error: Error) => `${error.name}: ${error.message}`)
    answers[name] = JSON.stringify(answer)
  }
  return answers
}

async function databaseNow(): Promise<string> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  return (row?.now ?? new Date()).toISOString()
}

const settled = async (asOf: string, knownBy?: string): Promise<Moment> => {
  const moment = await askMoment({ asOf, known: knownBy })
  if (!moment) throw new Error('no moment')
  return moment
}

const hours = (n: number) => new Date(Date.now() - n * 3_600_000).toISOString()
const streamsOf = (count: number): Look['streams'] => estate(count)
let to: Awaited<ReturnType<typeof connection>>
let other: Awaited<ReturnType<typeof connection>>
let kept: Awaited<ReturnType<typeof connection>>
let moment: Moment
let asked: ReturnType<typeof reads>
let before: Record<string, string>

beforeAll(async () => {
  to = await connection()
  other = await connection()
  await look(to, { at: hours(300), streams: streamsOf(30) })
  await look(to, { at: hours(200), streams: streamsOf(24) })
  await look(other, {
    at: hours(100),
    scopes: ['s2'],
    streams: { main: { observations: [identity('b-1'), credential('b-key', 'b-1')], fails: refused() } },
  })
  kept = await connection()
  await look(kept, { at: hours(90), scopes: ['s5'], streams: vaultful(20) })
  await pauseConnection(administrator, { connectionId: other.id })
  const idsOf = (rows: { id: string }[]) => rows.map((row) => row.id)
  asked = reads({
    identities: idsOf(await db.identity.findMany({ select: { id: true }, orderBy: { id: 'asc' }, take: 12 })),
    credentials: [
      ...idsOf(await db.credential.findMany({ select: { id: true }, orderBy: { id: 'asc' }, take: 8 })),
      ...idsOf(await db.secret.findMany({ select: { id: true }, orderBy: { id: 'asc' }, take: 8 })),
    ],
    findings: idsOf(await db.finding.findMany({ select: { id: true }, orderBy: { id: 'asc' }, take: 12 })),
    runs: idsOf(await db.run.findMany({ select: { id: true } })),
    sources: [to.id, other.id],
  })
  moment = await settled(await databaseNow())
  before = await answersAt(moment, asked)
  await changeEverything()
}, 120_000)
afterAll(closeMomentClient)

/** Updates, retires, restores, adds, judges again, pauses, renames, removes. */
async function changeEverything() {
  const changed = streamsOf(30).main?.observations ?? []
  await look(to, {
    at: hours(2),
    streams: {
      main: {
        observations: changed.slice(6).map((o) => {
          if (o.kind === 'identity')
            return { ...o, name: `${o.name} renamed`, lastUsedAt: known(hours(3), 'demo:List') }
          return o.kind === 'credential' ? { ...o, enabled: known(false, 'demo:List') } : o
        }),
      },
    },
  })
  await look(to, {
    at: hours(1),
    scopes: ['s1', 's3'],
    streams: { main: { observations: [...changed, identity('late'), ownerHint('late', 'ann@example.com')] } },
  })
  const secrets = vaultful(20).main!
  await look(kept, {
    at: hours(1),
    scopes: ['s5'],
    streams: {
      main: {
        ...secrets,
        observations: secrets.observations
          .slice(12)
          .map((o) =>
            o.kind === 'secret' || o.kind === 'credential'
              ? { ...o, name: `${o.name} renamed`, rotatedAt: known(hours(3), 'demo:List') }
              : o,
          ),
      },
    },
  })
  await db.connection.update({
    where: { id: to.id },
    data: { name: 'renamed', intervalMinutes: 5, paused: true },
  })
  await db.run.create({
    data: { connectionId: to.id, trigger: 'manual', requestedBy: 'test', state: 'queued' },
  })
  await db.connection.delete({ where: { id: other.id } })
}

test('there is something to ask, and the present answers otherwise', async () => {
  expect(Object.keys(before).length).toBeGreaterThan(60)
  const broken = Object.entries(before).filter(
    ([, answer]) => /^"\w*Error/.test(answer) && !/^"RollcallError/.test(answer),
  )
  expect(broken).toEqual([])
  expect(before['administrator home']).not.toContain('Error')
  const now = await answersAt(await settled(await databaseNow()), asked)
  const same = Object.keys(before).filter((name) => now[name] === before[name])
  // What is not there for an owner stays not there.
  expect(
    same.filter((name) => !before[name]?.includes('not-found') && !before[name]?.includes('No ')),
  ).not.toContain('administrator home')
  expect(same.length).toBeLessThan(Object.keys(before).length / 2)
})

test('every read is answered by the same bytes', async () => {
  const again = await answersAt(moment, asked)
  for (const [name, answer] of Object.entries(before)) expect(again[name], name).toBe(answer)
})

test('a date and its last millisecond are the same question', async () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  expect(await settled(yesterday)).toEqual(await settled(`${yesterday}T23:59:59.999Z`))
})

describe('what this would not let through', () => {
  test('a read of the present', async () => {
    const count = () => db.run.count()
    expect(await atMoment(moment, count)).not.toBe(await atMoment(moment, () => reader.run.count()))
  })
  test('a read of a table that keeps no versions', async () => {
    await expect(atMoment(moment, () => reader.user.findMany())).rejects.toThrow()
  })
  test('a write', async () => {
    await expect(
      atMoment(moment, () => reader.connection.update({ where: { id: to.id }, data: { name: 'x' } })),
    ).rejects.toThrow()
    await expect(
      atMoment(moment, () => pauseConnection(administrator, { connectionId: to.id })),
    ).rejects.toThrow('The past cannot be changed')
  })
})

test('what was learned later about the moment is shown only when asked for', async () => {
  const late = await connection()
  const then = await settled(hours(30))
  const name = (m: Moment) => atMoment(m, () => resolveIdentity(administrator, 'a-fact-that-came-late'))
  await look(late, {
    at: hours(40),
    scopes: ['s4'],
    streams: { main: { observations: [identity('a-fact-that-came-late')] } },
  })
  await expect(name(then)).rejects.toThrow('No identity is known')
  const learned = await settled(then.valid, await databaseNow())
  expect(await name(learned)).toMatch(/^[0-9a-f-]{36}$/)
})
