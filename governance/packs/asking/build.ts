// Has a pack built: what is asked is settled now, and built when its turn comes.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { send } from '@/jobs/queue'
import type { Tx } from '@/prisma/client'
import { command } from '../../command'
import { PackInput } from './input'
import { settle, type Question } from './settle'

/** Packs that wait or are being built. */
const WAITING_MAX = 50

type Queued = { actor: Actor; question: Question; keepDays: number; now: Date }
/**
 * Has what was settled built when its turn comes.
 * @returns its id
 * @throws RollcallError `limited`
 */
export async function queuePack(tx: Tx, { actor, question, keepDays, now }: Queued): Promise<string> {
  if ((await tx.pack.count({ where: { state: { in: ['queued', 'building'] } } })) >= WAITING_MAX)
    throw new RollcallError('limited', `${WAITING_MAX} packs wait already. Try again later.`, [], 60)
  const { title, settled, needs } = question
  const { kind: actorKind, id: actorId, name: actorName, role: actorRole } = actor
  const by = { actorKind, actorId, actorName, actorRole }
  const { id } = await tx.pack.create({
    data: { title, asked: settled, needs, ...by, askedAt: now, keepDays },
  })
  await send('build-pack', { packId: id }, tx)
  return id
}

export const askPack = command({
  name: 'pack.build',
  permission: 'evidence:build',
  input: PackInput,
  prepare: ({ actor, input }) => settle(actor, input),
  async run({ actor, input: { keepDays }, tx, now, prepared: question }) {
    const id = await queuePack(tx, { actor, question, keepDays, now })
    return { id, title: question.title, ...question.settled }
  },
  activity: (_, { id, title, controls, filter, asOf, known, from, contents, redact }) => ({
    object: `pack:${id}`,
    detail: {
      title,
      controls,
      filter: Object.entries(filter).map(([name, text]) => `${name}=${text}`),
      asOf,
      known,
      from: from ?? null,
      contents,
      redact,
    },
  }),
})
