// The policy that counts and those before it, for those who may see all of it.
import { RollcallError } from '@/core/errors'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { DEFAULT_POLICY, Policy } from '@/core/policy'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { currentPolicy } from './current-policy'
import { policyChanges, type PolicyChange } from './policy-changes'

/** One version, without what it says. */
export type PolicyVersion = {
  version: number
  /** Left out of what is built in, which nobody decided. */
  at?: Instant
  author?: string
  note: string
  source: 'interface' | 'code' | 'built-in'
}
export type PolicyView = PolicyVersion & { policy: Policy }

const BUILT_IN: PolicyVersion = { version: 0, note: 'What is built in', source: 'built-in' }
/** So many versions a page. */
const PAGE = 50

type Row = { version: number; at: Date; author: string; note: string; source: string }
const versionOf = ({ version, at, author, note, source }: Row): PolicyVersion => ({
  version,
  at: at.toISOString(),
  author,
  note,
  source: source === 'code' ? 'code' : 'interface',
})

/** @throws RollcallError `not-found` */
export async function policyVersion(actor: Actor | null, version: number): Promise<PolicyView> {
  authorise(actor, 'policy:read')
  if (version === 0) return { ...BUILT_IN, policy: DEFAULT_POLICY }
  const isNumber = Number.isInteger(version) && version > 0 && version < 2 ** 31
  const row = isNumber ? await db.policy.findUnique({ where: { version } }) : null
  if (!row) throw new RollcallError('not-found', `There is no version ${version} of the policy.`)
  return { ...versionOf(row), policy: Policy.parse(row.doc) }
}

/** The one that counts. */
export async function policyView(actor: Actor | null): Promise<PolicyView> {
  authorise(actor, 'policy:read')
  return policyVersion(actor, (await currentPolicy()).version)
}

/** Newest first; what is built in comes last. */
export async function policyVersions(
  actor: Actor | null,
  { before }: { before?: number } = {},
): Promise<{ rows: PolicyVersion[]; next?: number }> {
  authorise(actor, 'policy:read')
  const found = await db.policy.findMany({
    where: before === undefined ? {} : { version: { lt: before } },
    orderBy: { version: 'desc' },
    take: PAGE + 1,
    omit: { doc: true },
  })
  const rows = found.slice(0, PAGE).map(versionOf)
  const last = rows.at(-1)?.version
  return found.length > PAGE && last !== undefined ? { rows, next: last } : { rows: [...rows, BUILT_IN] }
}

/** What a version changed in the one before it. */
export async function policyDifference(
  actor: Actor | null,
  { from, to }: { from: number; to: number },
): Promise<PolicyChange[]> {
  const [before, after] = await Promise.all([policyVersion(actor, from), policyVersion(actor, to)])
  return policyChanges(before.policy, after.policy)
}
