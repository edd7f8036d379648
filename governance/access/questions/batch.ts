// Many questions one after the other: scopes are compiled once, and identities looked up once.
import type { AccessAnswer } from '@/core/access'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { resolveIdentity } from '@/inventory/queries/resolve-identity'
import { mustRead } from '@/inventory/queries/visible'
import { db } from '@/prisma/client'
import { judgedRealm, type Judged } from '../realm-cache'
import { CanQuestion } from './input'

type Who = { nativeId: string; scopeId: string; retired: boolean }
export type BatchAnswer = (AccessAnswer & { identity: string }) | { error: string }
/** Identities remembered of one batch. */
const KNOWN_MAX = 10_000
/** Principals of the realms that are kept at a time: what is asked about longest ago goes first. */
const PRINCIPALS_MAX = 300_000

/** Answers as of when it was made: what changes while a batch is answered does not split it in two. */
export function answerer(actor: Actor): (line: string) => Promise<BatchAnswer> {
  mustRead(actor, 'access:read')
  const known = new Map<string, Promise<Who>>()
  const realms = new Map<string, Promise<Judged | undefined>>()
  const who = (asked: CanQuestion): Promise<Who> => {
    const key = JSON.stringify([asked.scope, asked.identity])
    const before = known.get(key)
    if (before) return before
    const found = find(actor, asked)
    if (known.size >= KNOWN_MAX) known.clear()
    known.set(key, found)
    return found
  }
  const sizes = new Map<string, number>()
  const realmOf = async (scopeId: string): Promise<Judged | undefined> => {
    const realm = realms.get(scopeId) ?? judgedRealm(scopeId)
    realms.delete(scopeId)
    realms.set(scopeId, realm)
    const judged = await realm
    sizes.set(scopeId, judged?.realm.principals.length ?? 0)
    for (const oldest of realms.keys()) {
      const held = [...realms.keys()].reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0)
      if (held <= PRINCIPALS_MAX || oldest === scopeId) break
      realms.delete(oldest)
    }
    return judged
  }
  return async (line) => {
    try {
      const asked = questionOf(line)
      const { nativeId, scopeId, retired } = await who(asked)
      if (retired) return { identity: asked.identity, answer: 'no', because: ['It is gone from its source.'] }
      const { action, resource, place, context } = asked
      const judged = await realmOf(scopeId)
      const answer = judged?.access?.can(nativeId, {
        action,
        resource,
        ...(place !== undefined && { place }),
        ...(context !== undefined && { context }),
      })
      return { identity: asked.identity, ...(answer ?? UNJUDGED) }
    } catch (error) {
      if (error instanceof RollcallError) return { error: error.message }
      throw error
    }
  }
}

const UNJUDGED: AccessAnswer = {
  answer: 'depends',
  because: [],
  missing: ['Rights in this source are not judged yet: nothing here reads its language.'],
}

function questionOf(line: string): CanQuestion {
  let raw: unknown
  try {
    raw = JSON.parse(line)
  } catch {
    throw new RollcallError('invalid', 'is not JSON')
  }
  const parsed = CanQuestion.safeParse(raw)
  if (parsed.success) return parsed.data
  const words = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`)
  throw new RollcallError('invalid', words.slice(0, 3).join('; '))
}

async function find(actor: Actor, { identity, scope }: CanQuestion): Promise<Who> {
  const id = await resolveIdentity(actor, identity, scope)
  const row = await db.identity.findUniqueOrThrow({
    where: { id },
    select: { nativeId: true, scopeId: true, retiredAt: true },
  })
  return { nativeId: row.nativeId, scopeId: row.scopeId, retired: row.retiredAt !== null }
}
