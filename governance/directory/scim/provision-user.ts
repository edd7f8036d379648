// What a provider of identities may do to people: add, change and take out. Each is a command with its line in the activity log.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { isUuid } from '@/inventory/queries/sql'
import type { Tx } from '@/prisma/client'
import { command } from '../../command'
import { readOperations } from './operations'
import { patchUser } from './patch-user'
import { readUser } from './user-said'
import { addUser, changeHeld, dropUser, heldUser, lockDirectory, type Held, type Written } from './write-user'

const Body = z.record(z.string(), z.unknown(), 'is not an object')
const Id = z.string().max(100)

async function mustHold(tx: Tx, id: string): Promise<Held> {
  await lockDirectory(tx)
  const held = isUuid(id) ? await heldUser(tx, id) : undefined
  if (!held) throw new RollcallError('not-found', 'There is no such user.')
  return held
}

const told = ({ id, personId, isActive, became }: Written) => ({
  object: `person:${personId}`,
  detail: { source: 'scim', id, active: isActive, ...(became && { standing: became }) },
})

export const provisionUser = command({
  name: 'person.provision',
  permission: 'person:provision',
  input: z.strictObject({ user: Body }),
  run: ({ input: { user }, tx, now }) => addUser(tx, readUser(user).said, now),
  activity: (_, done) => {
    const { object, detail } = told(done)
    return { object, detail: { ...detail, added: done.isNew } }
  },
})

export const changeUser = command({
  name: 'person.reprovision',
  permission: 'person:provision',
  input: z.strictObject({
    id: Id,
    /** A whole user in the place of the one before, or operations on it. */
    by: z.enum(['replace', 'patch']),
    body: Body,
  }),
  async run({ input: { id, by, body }, tx, now }) {
    const held = await mustHold(tx, id)
    const change =
      by === 'patch' ? patchUser(held.said, readOperations(body)) : readUser(body, held.said.isActive)
    return changeHeld(tx, held, change, now)
  },
  activity: (_, done) => told(done),
})

export const deprovisionUser = command({
  name: 'person.deprovision',
  permission: 'person:provision',
  input: z.strictObject({ id: Id }),
  async run({ input: { id }, tx, now }) {
    return dropUser(tx, await mustHold(tx, id), now)
  },
  activity: (_, done) => told(done),
})
