// "Can it do this to that?", with the statements that decide and what was not seen.
import type { AccessAnswer } from '@/core/access'
import type { Instant } from '@/core/fact'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { completenessOf } from '@/inventory/queries/completeness-of'
import { resolveIdentity } from '@/inventory/queries/resolve-identity'
import type { FullCompleteness } from '@/inventory/queries/types'
import { mustRead } from '@/inventory/queries/visible'
import { db } from '@/prisma/client'
import { judgedRealm } from '../realm-cache'
import { about } from './about-field'
import type { CanQuestion } from './input'

export type CanAnswer = AccessAnswer & {
  identity: { id: string; name: string; scope: { id: string; name: string } }
  question: Pick<CanQuestion, 'action' | 'resource' | 'place' | 'context'>
  platform?: string
  completeness: FullCompleteness
  at: Instant
}

/** @throws RollcallError where the identity is not there or cannot be told from others */
export async function can(actor: Actor, asked: CanQuestion): Promise<CanAnswer> {
  mustRead(actor, 'access:read')
  const id = await about('identity', resolveIdentity(actor, asked.identity, asked.scope))
  const row = await db.identity.findUnique({ where: { id } })
  const scope = row && (await db.scope.findUnique({ where: { id: row.scopeId } }))
  if (!row || !scope) throw new RollcallError('not-found', `No identity is known as “${asked.identity}”.`)
  const { action, resource, place, context } = asked
  const question = {
    action,
    resource,
    ...(place !== undefined && { place }),
    ...(context !== undefined && { context }),
  }
  const judged = row.retiredAt ? undefined : await judgedRealm(scope.id)
  const completeness = await completenessOf(actor, {
    scopeIds: [scope.id],
    kinds: ['identity', 'grant', 'entitlement', 'trust'],
  })
  return {
    ...answerOf(row.retiredAt !== null, row.nativeId, judged, question),
    identity: { id, name: row.name, scope: { id: scope.id, name: scope.name } },
    question,
    ...(judged?.platform && { platform: judged.platform.id }),
    completeness,
    at: new Date().toISOString(),
  }
}

function answerOf(
  retired: boolean,
  nativeId: string,
  judged: Awaited<ReturnType<typeof judgedRealm>>,
  question: CanAnswer['question'],
): AccessAnswer {
  if (retired) return { answer: 'no', because: ['It is gone from its source.'] }
  if (!judged?.access)
    return {
      answer: 'depends',
      because: [],
      missing: ['Rights in this source are not judged yet: nothing here reads its language.'],
    }
  return judged.access.can(nativeId, question)
}
