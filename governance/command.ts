// The only way state changes for a person: authorise, parse, one transaction, one line in the activity log.
import type { z } from 'zod'
import { RollcallError, type Issue } from '@/core/errors'
import type { Actor, Permission } from '@/core/permissions'
import { currentMoment } from '@/inventory/moment/at-moment'
import { db, type Tx } from '@/prisma/client'
import { recordActivity, type Act } from './activity/record-activity'
import { authorise } from './authorise'

export type CommandMeta = { name: string; permission: Permission; input: z.ZodType }
export type Command<I = never, R = unknown> = {
  (actor: Actor | null, input: I, at?: { now?: Date }): Promise<R>
  readonly meta: CommandMeta
}

type Definition<S extends z.ZodType, R, P> = {
  /** `<noun>.<verb>`: also the action in the activity log. */
  name: string
  permission: Permission
  input: S
  /** Longest the transaction may take, where that is more than a moment. */
  timeoutMs?: number
  /** What has to be read or worked out before its transaction: many at once would wait for each other's connections inside. */
  prepare?: (at: { actor: Actor; input: z.output<S> }) => Promise<P>
  run: (at: { actor: Actor; input: z.output<S>; tx: Tx; now: Date; prepared: P }) => Promise<R>
  /** What the log keeps of it, value by value. */
  activity: (input: z.output<S>, result: R) => Omit<Act, 'action'>
}

const TIMEOUT_MS = 10_000
/** How long a command waits for a database connection before it gives up. */
const WAIT_MS = 10_000

/**
 * What was known at an earlier moment can only be read.
 * @throws RollcallError `conflict`
 */
export function ensurePresent(isPresent = currentMoment() === undefined): void {
  if (!isPresent) throw new RollcallError('conflict', 'The past cannot be changed. Go back to now.')
}

export function command<S extends z.ZodType, R, P = undefined>(
  definition: Definition<S, R, P>,
): Command<z.input<S>, R> {
  const { name, permission, input: schema, timeoutMs = TIMEOUT_MS } = definition
  const call = async (actor: Actor | null, raw: z.input<S>, { now = new Date() } = {}): Promise<R> => {
    authorise(actor, permission)
    ensurePresent()
    const input = parseInput(schema, raw)
    const prepared = (await definition.prepare?.({ actor, input })) as P
    return named(() =>
      db.$transaction(
        async (tx) => {
          const result = await definition.run({ actor, input, tx, now, prepared })
          await recordActivity(tx, actor, { action: name, ...definition.activity(input, result) }, now)
          return result
        },
        { timeout: timeoutMs, maxWait: WAIT_MS },
      ),
    )
  }
  return Object.assign(call, { meta: { name, permission, input: schema } })
}

/** A command whose work goes on after its transaction: what is slow or leaves the database. */
export function followed<I, B, R>(
  begin: Command<I, B>,
  then: (at: { actor: Actor; begun: B; now: Date }) => Promise<R>,
): Command<I, R> {
  const call = async (actor: Actor | null, input: I, { now = new Date() } = {}): Promise<R> => {
    const begun = await begin(actor, input, { now })
    authorise(actor, begin.meta.permission)
    return then({ actor, begun, now })
  }
  return Object.assign(call, { meta: begin.meta })
}

/** Where a row of a request names its item, what is wrong with it is told by the id of the item, and not by its place. */
function byItem(raw: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] {
  const [list, at, ...rest] = path
  const rows = (raw as Record<PropertyKey, unknown> | null)?.[list ?? '']
  const row: unknown = Array.isArray(rows) && typeof at === 'number' ? rows[at] : undefined
  const item = row !== null && typeof row === 'object' && 'item' in row ? row.item : undefined
  return typeof item === 'string' && /^[\da-f-]{36}$/i.test(item) ? [item, ...rest] : path
}

/** @throws RollcallError `invalid` with one issue per wrong field */
export function parseInput<S extends z.ZodType>(schema: S, raw: unknown, under: string[] = []): z.output<S> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  throw invalid(
    parsed.error.issues.flatMap((issue) => toIssues({ ...issue, path: [...byItem(raw, issue.path)] }, under)),
  )
}

export function invalid(issues: Issue[]): RollcallError {
  const text = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')
  return new RollcallError('invalid', text || 'The input is not valid.', issues)
}

function toIssues(issue: z.core.$ZodIssue, under: string[]): Issue[] {
  const at = (...more: PropertyKey[]) => [...under, ...issue.path, ...more].map(String).join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: at(key), message: 'There is no such field.' }))
  return [{ path: at(), message: issue.message }]
}

/** What the database refuses, in the words of the closed set of codes. */
async function named<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'P2002') throw new RollcallError('conflict', 'Something with that name exists already.')
    if (code === 'P2025') throw new RollcallError('not-found', 'It does not exist, or no longer.')
    throw error
  }
}
