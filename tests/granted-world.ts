// Accounts whose principals, policies and trust a test scripts, read and analysed by the real pipeline: for access analysis.
import { known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Observation, Observed, Of } from '@/core/observation'
import { scopeIdOf } from '@/inventory/scopes'
import { runJob } from '@/jobs'
import { pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { connection, grant, identity, takeLook, type Script } from './scripted-source'

const SOURCE = 'demo:List'
export const NORTH = '111111111111'
export const SOUTH = '222222222222'
export const roleArn = (name: string, account = NORTH) => `arn:aws:iam::${account}:role/${name}`
export const scopeOf = (account: string) => scopeIdOf('demo', false, account)
export const dayOf = (n: number): Instant => new Date(Date.UTC(2026, 9, n)).toISOString()

/** A role that others can name by its ARN. */
export const role = (name: string, account = NORTH, more: Partial<Of<'identity'>> = {}): Of<'identity'> =>
  identity(name, {
    aliases: [roleArn(name, account)],
    keys: [{ type: 'demo.arn', value: roleArn(name, account) }],
    ...more,
  })

type Statement = { Effect?: 'Allow' | 'Deny'; Action: string | string[]; Resource?: string | string[] }
export const documentOf = (...statements: Statement[]): Fact<Record<string, unknown>> =>
  known(
    {
      Version: '2012-10-17',
      Statement: statements.map((one) => ({ Effect: 'Allow', Resource: '*', ...one })),
    },
    SOURCE,
  )
export const UNREADABLE = unknown('denied', 'demo:GetDocument', 'refused')
export const policy = (
  nativeId: string,
  document: Fact<Record<string, unknown>>,
  language = 'aws-iam',
): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId,
  aliases: [],
  type: 'demo.policy',
  name: nativeId,
  language,
  managedBy: 'customer',
  document,
})
export const holds = (of: string, entitlement: string) =>
  grant(`${of} ${entitlement}`, of, { entitlement, entitlementName: entitlement })

/** Lets in one principal by its ARN, of whichever account. */
export const lets = (of: string, arn: string, more: Partial<Of<'trust'>> = {}): Of<'trust'> => ({
  kind: 'trust',
  nativeId: `${of} lets ${arn}`,
  identity: of,
  principalType: 'identity',
  principal: arn,
  effect: 'allow',
  actions: ['sts:AssumeRole'],
  links: [
    {
      relation: 'permitted',
      means: 'becomes-this',
      to: 'demo.arn',
      match: 'exact',
      value: arn,
      reason: 'Its trust names it.',
    },
  ],
  ...more,
})

/** What is read in an account of an organisation this small: all there is to know of it. */
export const all = (...observations: (Observation | Observed)[]): Script => ({
  observations,
  kinds: [
    'identity',
    'credential',
    'grant',
    'entitlement',
    'trust',
    'owner-hint',
    'workload',
    'usage',
    'secret',
    'issuer',
  ],
})

export type Source = Awaited<ReturnType<typeof connection>>
/** One look at an account, with the jobs that follow it done: joined, analysed and judged. */
export async function see(source: Source, account: string, day: number, script: Script): Promise<void> {
  await takeLook(source, { at: dayOf(day), scopes: [account], streams: { all: script } })
  await runJob('evaluate-scope', { scopeId: scopeOf(account), runId: null }, at)
  await followUp()
}
export const newSource = connection

const signal = new AbortController().signal
const at = {
  signal,
  stopping: signal,
  lastAttempt: true,
  connectorOf: () => Promise.reject(new Error('no source is asked')),
}
/** Joins what has changed, and does all jobs about scopes that this leads to, as a worker would. */
export async function followUp(): Promise<void> {
  await runJob('join-changes', {}, at)
  for (let round = 0; round < 10; round++)
    if (!(await drained('analyse-scope')) && !(await drained('evaluate-scope'))) return
  throw new Error('jobs follow each other without an end')
}

/** Removes all sources and all that is known from them, for the next test. */
export async function forgetAll(): Promise<void> {
  await db.connection.deleteMany()
  await db.scope.deleteMany()
  await followUp()
}

/** Takes the jobs that wait and does them. @returns how many there were */
async function drained(name: 'analyse-scope' | 'evaluate-scope'): Promise<number> {
  const ids = (await pendingJobs(name, {})).map(({ id }) => id)
  const rows = await db.$queryRaw<{ scopeId: string }[]>`
    DELETE FROM pgboss.job WHERE id = ANY(${ids}::uuid[]) RETURNING data ->> 'scopeId' AS "scopeId"`
  for (const scopeId of new Set(rows.map((row) => row.scopeId)))
    await runJob(name, { scopeId, ...(name === 'evaluate-scope' && { runId: null }) }, at)
  return ids.length
}

/** Steps of a scope as `from>to` with how and how surely, sorted. */
export async function stepsOf(scopeId: string): Promise<string[]> {
  const rows = await db.accessStep.findMany({ where: { scopeId } })
  const ids = rows.flatMap(({ fromId, toId }) => (toId === null ? [fromId] : [fromId, toId]))
  const names = new Map(
    (await db.identity.findMany({ where: { id: { in: ids } } })).map(({ id, name }) => [id, name]),
  )
  return rows
    .map(({ fromId, toId, toKind, by, certainty }) => {
      const to = toId === null ? toKind : (names.get(toId) ?? 'gone')
      return `${names.get(fromId) ?? 'gone'}>${to} by ${by}, ${certainty}`
    })
    .sort()
}
export async function verdictOf(account: string, name: string) {
  const { id } = await db.identity.findFirstOrThrow({ where: { name, scopeId: scopeOf(account) } })
  return db.accessVerdict.findUnique({ where: { identityId: id } })
}
