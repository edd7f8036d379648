// Has a pack built: what is asked is settled now, and built when its turn comes.
import { RollcallError } from '@/core/errors'
import { send } from '@/jobs/queue'
import { command } from '../../command'
import { PackInput } from './input'
import { settle } from './settle'

/** Packs that wait or are being built. */
const WAITING_MAX = 50

export const askPack = command({
  name: 'pack.build',
  permission: 'evidence:build',
  input: PackInput,
  prepare: ({ actor, input }) => settle(actor, input),
  async run({ actor, input, tx, now, prepared: { title, settled, needs } }) {
    if ((await tx.pack.count({ where: { state: { in: ['queued', 'building'] } } })) >= WAITING_MAX)
      throw new RollcallError('limited', `${WAITING_MAX} packs wait already. Try again later.`, [], 60)
    const { kind, id: actorId, name, role } = actor
    const { id } = await tx.pack.create({
      data: {
        title,
        asked: settled,
        needs,
        actorKind: kind,
        actorId,
        actorName: name,
        actorRole: role,
        askedAt: now,
        keepDays: input.keepDays,
      },
    })
    await send('build-pack', { packId: id }, tx)
    return { id, title, ...settled }
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
