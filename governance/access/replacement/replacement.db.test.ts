// What takes the place of a credential is told to whoever may read the credential, from what is known of it, and is bounded.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { absent, known, unknown } from '@/core/fact'
import type { Of } from '@/core/observation'
import { ROLES, type Actor } from '@/core/permissions'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorOf, look, ownerHint } from '@/tests/queried-estate'
import { connection, credential, grant, identity, LOOKED, secret, type Look } from '@/tests/scripted-source'
import { NOT_RUN, replacementOf } from './replacement-of'

const SOURCE = 'demo:List'
const ACCOUNT = '111122223333'
const GITHUB = 'token.actions.githubusercontent.com'
const arn = (tail: string) => `arn:aws:iam::${ACCOUNT}:${tail}`
const user = (name: string) =>
  identity(`AIDA-${name}`, { type: 'aws.iam-user', name, aliases: [arn(`user/${name}`)] })
const key = (name: string, of: string, more: Partial<Of<'credential'>> = {}) =>
  credential(name, `AIDA-${of}`, { type: 'aws.access-key', ...more })
const workload = (name: string, of: string): Of<'workload'> => ({
  kind: 'workload',
  nativeId: name,
  aliases: [],
  type: 'aws.lambda-function',
  name,
  uses: [`AIDA-${of}`],
  createdAt: unknown('not-offered', SOURCE),
  namespace: 'eu-west-1',
})
const issuer = (host: string): Of<'issuer'> => ({
  kind: 'issuer',
  nativeId: arn(`oidc-provider/${host}`),
  aliases: [host],
  type: 'aws.oidc-provider',
  name: host,
  audiences: known(['own-audience'], SOURCE),
  createdAt: unknown('not-offered', SOURCE),
  expiresAt: absent(SOURCE),
})
const MANY = Array.from({ length: 60 }, (_, at) => String(at).padStart(2, '0'))
const OBSERVATIONS = [
  ...['ann', 'bob', 'many'].map(user),
  ownerHint('AIDA-ann', 'Ann@Example.com'),
  key('key-ann', 'ann'),
  key('key-bob', 'bob'),
  key('key-many', 'many'),
  key('key-gone', 'bob'),
  key('key-nobody', 'bob', { identity: unknown('denied', SOURCE) }),
  credential('other', 'AIDA-bob'),
  secret('kept'),
  grant('g-1', 'AIDA-ann', { entitlement: arn('policy/deploy'), entitlementName: 'deploy' }),
  ...MANY.map((at) =>
    grant(`m-${at}`, 'AIDA-many', { entitlement: arn(`policy/p-${at}`), entitlementName: `p-${at}` }),
  ),
  workload('resize', 'ann'),
  ...MANY.map((at) => workload(`w-${at}`, 'many')),
  issuer(GITHUB),
]
const streams = (observations: Look['streams'][string]['observations']): Look['streams'] => ({
  main: { observations, kinds: [...LOOKED, 'issuer', 'secret'] },
})

const idOf = async (nativeId: string) => (await db.credential.findFirstOrThrow({ where: { nativeId } })).id
const asked = async (nativeId: string, actor: Actor = actorOf('analyst')) =>
  replacementOf(actor, await idOf(nativeId))
const textOf = ({ ways }: Awaited<ReturnType<typeof asked>>, way: string) =>
  ways.find(({ id }) => id === way)?.files[0]?.text ?? ''

beforeAll(async () => {
  const to = await connection()
  const scopes = [ACCOUNT]
  await look(to, { at: '2026-06-01T00:00:00.000Z', scopes, streams: streams(OBSERVATIONS) })
  const left = OBSERVATIONS.filter((one) => one.nativeId !== 'key-gone')
  await look(to, { at: '2026-06-02T00:00:00.000Z', scopes, streams: streams(left) })
  // Another account, whose issuers are none of this one’s.
  const elsewhere = { ...issuer('gitlab.com'), nativeId: 'elsewhere' }
  await look(await connection(), {
    at: '2026-06-01T00:00:00.000Z',
    scopes: ['999988887777'],
    streams: streams([elsewhere]),
  })
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

describe('who may ask', () => {
  test.each(ROLES.filter((role) => role !== 'owner'))('%s: about every credential', async (role) => {
    for (const one of ['key-ann', 'key-bob'])
      expect((await asked(one, actorOf(role))).ways.length, one).toBeGreaterThan(3)
  })
  test('an owner: about their own, and what is another’s is not found', async () => {
    const ann = actorOf('owner', { email: 'ann@example.com' })
    expect((await asked('key-ann', ann)).ways.length).toBeGreaterThan(3)
    for (const other of ['key-bob', 'key-nobody'])
      await expect(asked(other, ann), other).rejects.toMatchObject({ code: 'not-found' })
    await expect(asked('key-ann', actorOf('owner'))).rejects.toMatchObject({ code: 'not-found' })
  })
  test('a token that may do another thing alone: nobody', async () => {
    const limited = { ...actorOf('administrator'), only: 'source:receive' as const }
    await expect(asked('key-ann', limited)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('what is told', () => {
  test('is written from the holder, its rights, what runs as it and the issuers of its scope', async () => {
    const answer = await asked('key-ann')
    expect(answer).toMatchObject({
      credential: { name: 'key-ann', type: 'aws.access-key', scope: { name: ACCOUNT } },
      identity: { name: 'ann' },
      alternative: expect.stringContaining('a role with temporary credentials') as string,
      consumers: [{ type: 'aws.lambda-function', name: 'resize', namespace: 'eu-west-1' }],
    })
    expect(answer.ways.map(({ id }) => id)).toEqual(['pipeline', 'pods', 'machine', 'anywhere'])
    const text = textOf(answer, 'pipeline')
    expect(text).toContain(`"Federated" = "${arn(`oidc-provider/${GITHUB}`)}"`)
    expect(text).toContain(`"${GITHUB}:aud" = "own-audience"`)
    expect(text).toContain(`policy_arn = "${arn('policy/deploy')}"`)
    expect(JSON.stringify(answer.ways)).not.toContain('gitlab.com')
  })
  test('says that nothing of it is run, and what the answer rests on', async () => {
    const { notes, completeness } = await asked('key-bob')
    expect(notes[0]).toBe(NOT_RUN)
    expect(notes.join(' ')).toContain('What is not collected may')
    expect(completeness).toMatchObject({ state: 'complete', scopes: 1 })
  })
  test('says so where nobody is known to hold it', async () => {
    const answer = await asked('key-nobody')
    expect(answer.identity).toBeUndefined()
    expect(answer.notes.join(' ')).toContain('Who holds it was not seen')
    expect(textOf(answer, 'pipeline')).toContain('resource "aws_iam_role"')
  })
  test('is bounded, and says where there is more', async () => {
    const answer = await asked('key-many')
    expect(answer.consumers).toHaveLength(50)
    expect(answer.notes.join(' ')).toMatch(/More uses it, .*More rights|more rights than were looked at/)
    expect(textOf(answer, 'pipeline').match(/policy_arn/g)).toHaveLength(50)
  })
})

describe('none is told', () => {
  test('of what is gone', async () => {
    expect(await asked('key-gone')).toMatchObject({
      ways: [],
      notes: [],
      why: expect.stringContaining('gone') as string,
    })
  })
  test('of a sort that its platform offers nothing else for', async () => {
    const answer = await asked('other')
    expect([answer.ways, answer.alternative, answer.why?.length]).toEqual([[], undefined, expect.any(Number)])
  })
  test('of a stored secret, of what is no id, of what is not there', async () => {
    const { id } = await db.secret.findFirstOrThrow()
    for (const one of [id, 'nonsense', '00000000-0000-4000-8000-000000000000'])
      await expect(replacementOf(actorOf('analyst'), one)).rejects.toMatchObject({ code: 'not-found' })
  })
})
