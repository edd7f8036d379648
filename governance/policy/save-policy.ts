// Makes a policy count: a new version, and everything is judged by it. Nothing is ever overwritten.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { DEFAULT_POLICY, type Policy } from '@/core/policy'
import type { Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import type { Prisma } from '@/prisma/generated/client'
import { command } from '../command'
import { evaluateEverything } from '../evaluation/evaluate-due'
import { mustBePolicy } from './check-policy'
import { currentPolicy } from './current-policy'
import { changeWords, policyChanges } from './policy-changes'
import { isSamePolicy, pruned } from './pruned'

const NOTE_MAX = 1000
const Note = z
  .string('Say why')
  .trim()
  .min(3, { error: 'Say why, in a few words' })
  .max(NOTE_MAX, { error: `must be at most ${NOTE_MAX} letters` })
const Version = z.int('must be the number of a version').min(0, 'must be the number of a version')
/** The version it was made from: where another one counts by now, somebody else was quicker. */
const Base = Version
/** Scopes are many, and each is sent to be judged. */
const TIMEOUT_MS = 120_000
/** So many changes are named in the log; versions hold all of them. */
const LOGGED_MAX = 20

export const SaveInput = z.strictObject({
  policy: z.unknown(),
  note: Note,
  base: Base,
  source: z.enum(['interface', 'code']).default('interface'),
})

type Written = { version: number; before: number; changes: string[]; changed: number }

/** Whoever saves at the same time waits, and is then told. @throws RollcallError `conflict` */
async function writeVersion(
  tx: Tx,
  {
    actor,
    now,
    ...made
  }: { actor: Actor; now: Date; base: number; note: string; source: string; policy: Policy },
): Promise<Written> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 8)`
  const before = await currentPolicy(tx)
  if (before.version !== made.base)
    throw new RollcallError(
      'conflict',
      `Version ${before.version} was saved meanwhile; this was made from version ${made.base}. Look at what it changes, and begin again from there.`,
    )
  const policy = pruned(made.policy)
  if (isSamePolicy(before.policy, policy))
    throw new RollcallError('invalid', 'Nothing differs from what counts already.')
  const version = before.version + 1
  await tx.policy.create({
    data: {
      version,
      doc: policy as unknown as Prisma.InputJsonObject,
      note: made.note,
      author: actor.name,
      at: now,
      source: made.source,
    },
  })
  await evaluateEverything(tx)
  const changes = policyChanges(before.policy, policy).map(changeWords)
  return { version, before: before.version, changes: changes.slice(0, LOGGED_MAX), changed: changes.length }
}

const logged = ({ version, before, changes, changed }: Written, note: string) => ({
  object: `policy:${version}`,
  detail: { version, before, note, changed, changes },
})

export const savePolicy = command({
  name: 'policy.save',
  permission: 'policy:write',
  input: SaveInput,
  timeoutMs: TIMEOUT_MS,
  async run({ actor, input: { policy: raw, note, base, source }, tx, now }) {
    const { policy, warnings } = mustBePolicy(raw, now.toISOString())
    return { ...(await writeVersion(tx, { actor, now, base, note, source, policy })), warnings }
  },
  activity: ({ note }, written) => logged(written, note),
})

export const RestoreInput = z.strictObject({
  /** 0 is what is built in. */
  version: Version,
  base: Base,
  note: Note.optional(),
})

export const restorePolicy = command({
  name: 'policy.restore',
  permission: 'policy:write',
  input: RestoreInput,
  timeoutMs: TIMEOUT_MS,
  async run({ actor, input: { version, base, note = words(version) }, tx, now }) {
    const row = version ? await tx.policy.findUnique({ where: { version } }) : { doc: DEFAULT_POLICY }
    if (!row) throw new RollcallError('not-found', `There is no version ${version} of the policy.`)
    // Rules come and go: what was right once may not be any more.
    const { policy, warnings } = mustBePolicy(row.doc, now.toISOString())
    return { ...(await writeVersion(tx, { actor, now, base, note, source: 'interface', policy })), warnings }
  },
  activity: ({ version, note = words(version) }, written) => {
    const { object, detail } = logged(written, note)
    return { object, detail: { ...detail, restored: version } }
  },
})
const words = (version: number): string => (version ? `Version ${version} again` : 'What is built in again')
