// Hands out the file of a pack. Who took it and when is written down first.
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { command, followed } from '../../command'
import { readWhole } from '../storage'
import { authorise } from '../../authorise'
import type { Permission } from '@/core/permissions'
import { mayOpen, packsOf } from './whose'

const WORDS_MAX = 60

/** Letters, digits and hyphens alone, whatever its title holds. */
export function fileNameOf({ id, title, asOf }: { id: string; title: string; asOf: string }): string {
  const words = title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, WORDS_MAX)
    .replace(/-+$/, '')
  const day = asOf.slice(0, 10)
  const parts = ['rollcall-pack', words, words.includes(day) ? '' : day, id.slice(-8)]
  return `${parts.filter(Boolean).join('-')}.zip`
}

export type Download = { id: string; name: string; bytes: number; sha256: string; stream: () => Readable }

const begin = command({
  name: 'pack.download',
  permission: 'evidence:read',
  input: z.strictObject({ id: z.guid('is not the id of a pack') }),
  async run({ actor, input: { id }, tx }) {
    const pack = await tx.pack.findFirst({ where: { id, ...packsOf(actor) } })
    if (!pack) throw new RollcallError('not-found', 'There is no such pack.')
    for (const needed of pack.needs) if (!mayOpen(actor, needed)) authorise(actor, needed as Permission)
    const { title, state, removedAt, sha256, attempt, asked } = pack
    if (state !== 'sealed' || sha256 === null)
      throw new RollcallError('conflict', 'It is not sealed: there is nothing to download.')
    if (removedAt)
      throw new RollcallError('not-found', `Its file was removed on ${removedAt.toISOString().slice(0, 10)}.`)
    return { id, title, attempt, sha256, asOf: (asked as { asOf: string }).asOf }
  },
  activity: (_, { id, title, sha256 }) => ({ object: `pack:${id}`, detail: { title, sha256 } }),
})

/** @throws RollcallError `not-found`, `conflict`, or `forbidden` where it holds what the actor may not read */
export const downloadPack = followed(begin, async ({ begun }): Promise<Download> => {
  const file = await readWhole(begun.id, begun.attempt)
  if (!file)
    throw new RollcallError(
      'conflict',
      'Its file is not where packs are kept: web server and workers have to share that folder.',
    )
  return { id: begun.id, name: fileNameOf(begun), sha256: begun.sha256, ...file }
})
