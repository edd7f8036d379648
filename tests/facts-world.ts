// Accounts whose rows a test scripts, joined and analysed, and the facts that are read of them: of types made up by the test.
import { absent, known, type Instant } from '@/core/fact'
import type { Link } from '@/core/join'
import type { Kind, Observed, Of } from '@/core/observation'
import { analyseScope } from '@/governance/access/analyse-scope'
import { factScope, identityFacts, type FactScope, type IdentityFacts } from '@/governance/evaluation/facts'
import type { HintName } from '@/governance/evaluation/facts/people'
import { joinChanges } from '@/inventory/joins/join-changes'
import { scopeIdOf } from '@/inventory/scopes'
import { db } from '@/prisma/client'
import { connection, takeLook, type Script } from './scripted-source'

const SOURCE = 'demo:List'
export const T = (n: number): Instant => new Date(Date.UTC(2026, 9, n)).toISOString()
export const fresh = () => `s-${Math.random().toString(36).slice(2)}`
export const scopeOf = (nativeId: string): string => scopeIdOf('demo', false, nativeId)

export const workload = (
  nativeId: string,
  uses: string[],
  more: Partial<Of<'workload'>> = {},
): Of<'workload'> => ({
  kind: 'workload',
  nativeId,
  aliases: [],
  type: 'demo.machine',
  name: nativeId,
  uses,
  createdAt: absent(SOURCE),
  ...more,
})
export const trust = (of: string, principal: string, more: Partial<Of<'trust'>> = {}): Of<'trust'> => ({
  kind: 'trust',
  nativeId: `${of} lets ${principal}`,
  identity: of,
  principalType: 'identity',
  principal,
  effect: 'allow',
  actions: [],
  ...more,
})
export const link = (value: string, more: Partial<Link> = {}): Link => ({
  relation: 'permitted',
  means: 'becomes-this',
  to: 'demo.name',
  match: 'exact',
  value,
  reason: 'It names it.',
  ...more,
})
export const named = (value: string) => ({ keys: [{ type: 'demo.name', value }] })
export const entitlement = (nativeId: string, type = 'demo.policy'): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId,
  aliases: [],
  type,
  name: nativeId,
  language: 'none',
  managedBy: 'customer',
  document: known({}, SOURCE),
})

/** One stream for each kind, all seen whole, but for what a test says of them. */
const STREAMS: Record<string, Kind[]> = {
  robots: ['identity', 'owner-hint'],
  keys: ['credential'],
  passwords: ['credential'],
  machines: ['workload'],
  rights: ['grant', 'entitlement'],
  trusts: ['trust'],
  secrets: ['secret'],
}
type Source = Awaited<ReturnType<typeof connection>>
export async function look(
  scope: string,
  day: number,
  observations: Observed[],
  {
    refused = {},
    source,
    without = [],
  }: { refused?: Record<string, Script['fails']>; source?: Source; without?: string[] } = {},
): Promise<Source> {
  const to = source ?? (await connection())
  const streams = Object.entries(STREAMS).filter(([name]) => !without.includes(name))
  const scripts = streams.map(([name, kinds]) => {
    const own = observations.filter((one) => streamOf(one) === name)
    const fails = refused[name]
    return [name, { kinds, observations: own, ...(fails && { fails }) }]
  })
  await takeLook(to, {
    at: T(day),
    scopes: [scope],
    streams: Object.fromEntries(scripts) as Record<string, Script>,
  })
  await joinChanges()
  await analyseScope(scopeOf(scope), new AbortController().signal)
  return to
}
function streamOf(one: Observed): string | undefined {
  if (one.kind === 'credential') return one.type === 'demo.password' ? 'passwords' : 'keys'
  return Object.entries(STREAMS).find(([, kinds]) => kinds.includes(one.kind as Kind))?.[0]
}

export async function scopeFacts(nativeId: string): Promise<FactScope> {
  const scope = await factScope(scopeOf(nativeId))
  if (!scope) throw new Error('there is no such scope')
  return scope
}

/** The facts of each active identity of a scope, by its name. */
export async function factsOf(nativeId: string, now = T(20)): Promise<Record<string, IdentityFacts>> {
  const scope = await scopeFacts(nativeId)
  const rows = await db.identity.findMany({ where: { scopeId: scope.id, retiredAt: null } })
  const hints = new Map<string, HintName[]>()
  for (const { identityId, names, value, via } of await db.ownerHint.findMany({
    where: { scopeId: scope.id },
  }))
    if (identityId !== null) hints.set(identityId, [...(hints.get(identityId) ?? []), { names, value, via }])
  const facts = await identityFacts(
    scope,
    rows.map(({ id }) => id),
    hints,
    now,
  )
  return Object.fromEntries(rows.map(({ id, name }) => [name, facts.get(id) as IdentityFacts]))
}

/** A fact as a test reads it: what it says, and where it says nothing why. */
export function told(
  fact: { state: string; value?: unknown; why?: string; detail?: string | undefined } | undefined,
): unknown {
  if (fact?.state === 'known') return fact.value
  return fact?.state === 'absent' ? null : `${fact?.why ?? 'nothing'}: ${fact?.detail ?? ''}`
}
