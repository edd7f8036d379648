// What a delivery is set up with: one schema for page, API and command line.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { may, ROLES, type Actor } from '@/core/permissions'
import { db, type Tx } from '@/prisma/client'
import type { Delivery } from '@/prisma/generated/client'
import { inUse } from '../../../auth/access-end'
import { invalid } from '../../../command'
import { PackInput } from '../../asking/input'
import { settle } from '../../asking/settle'
import { PLACE_KINDS } from '../places'
import { EVERY } from '../schedule'

export const WAIT_HOURS = 24
const HOUR_MS = 3600_000
const TELL_MAX = 50

/** A pack is asked of each period: which one is said by the schedule. */
export const Question = PackInput.omit({ asOf: true, known: true, from: true, title: true })
export type Question = z.infer<typeof Question>

const common = {
  title: z
    .string()
    .trim()
    .min(1, 'Give it a title')
    .max(120)
    .refine((text) => !/\p{Cc}/u.test(text), 'must not hold control characters'),
  question: Question,
  every: z.enum(EVERY),
  /** After the end of a period, so that what arrives late is known by then. */
  waitHours: z.int().min(0).max(720),
  /** Addresses of members. */
  tell: z.array(z.email({ error: 'must be an e-mail address' }).max(254)).max(TELL_MAX),
  settings: z.record(z.string(), z.unknown()),
}
/** The address of the member as whom it asks: said by whoever has no account, at the command line. */
const as = z.email({ error: 'must be the e-mail address of a member' }).max(254).optional()

export const AddDelivery = z.strictObject({
  ...common,
  question: Question.default(() => Question.parse({})),
  every: common.every.default('quarter'),
  waitHours: common.waitHours.default(WAIT_HOURS),
  tell: common.tell.optional(),
  kind: z.enum(PLACE_KINDS),
  as,
})
/** What is left out stays as it is; so does a secret that is left empty. */
export const ChangeDelivery = z.strictObject({
  title: common.title.optional(),
  question: Question.optional(),
  every: common.every.optional(),
  waitHours: common.waitHours.optional(),
  tell: common.tell.optional(),
  settings: common.settings.optional(),
  as,
})
export const OneDelivery = z.strictObject({ id: z.guid('is not the id of a delivery') })

type Account = { id: string; name: string; email: string; role: string | null }

/** As an actor of the role that they have now; undefined where they may not have packs delivered, or not any more. */
function manager({ id, name, email, role }: Account): Actor | undefined {
  const known = ROLES.find((one) => one === role)
  const actor: Actor | undefined = known && { kind: 'user', id, name, email, role: known }
  return actor && may(actor, 'evidence:manage') ? actor : undefined
}

/** Asked anew each time: who was deactivated, or is no administrator any more, has nothing delivered. */
export async function managerNow(tx: Pick<Tx, 'user'>, memberId: string): Promise<Actor | undefined> {
  const account = await tx.user.findFirst({ where: { id: memberId, ...inUse() } })
  return account ? manager(account) : undefined
}

/** @throws RollcallError `invalid` where nobody is said, or somebody who may not */
export async function askingAs(actor: Actor, address: string | undefined): Promise<Actor> {
  const isMember = actor.kind === 'user' || actor.kind === 'token'
  const wrong = (message: string) => invalid([{ path: 'as', message }])
  if (isMember && address !== undefined && address.toLowerCase() !== actor.email?.toLowerCase())
    throw wrong('is yourself, and can be nobody else: have them set it up, or resume it.')
  if (!isMember && address === undefined)
    throw wrong('Say as which member it asks: their address. It stops when they may not any more.')
  const where = isMember ? { id: actor.id } : { email: address?.toLowerCase() }
  const account = await db.user.findFirst({ where: { ...where, ...inUse() } })
  const found = account ? manager(account) : undefined
  if (!found) throw wrong('is no member who may have packs delivered (permission evidence:manage).')
  return found
}

/** @returns accounts of members in use who may read deliveries @throws RollcallError `invalid` */
export async function toTell(tx: Pick<Tx, 'user'>, addresses: readonly string[]): Promise<string[]> {
  const emails = [...new Set(addresses.map((one) => one.toLowerCase()))]
  const found = await tx.user.findMany({ where: { email: { in: emails }, isLimited: false, ...inUse() } })
  const known = new Map(found.map((one) => [one.email.toLowerCase(), one]))
  for (const email of emails) {
    const role = ROLES.find((one) => one === known.get(email)?.role)
    if (role === undefined || !may({ role }, 'delivery:read'))
      throw invalid([{ path: 'tell', message: `${email} is no member who may read deliveries.` }])
  }
  return emails.flatMap((email) => known.get(email)?.id ?? [])
}

/** Settled once, so that what can never be built is refused now. @throws RollcallError `invalid` */
export async function ensureAskable(actor: Actor, question: Question): Promise<void> {
  const from = new Date(Date.now() - HOUR_MS).toISOString()
  try {
    await settle(actor, { ...question, from })
  } catch (error) {
    if (!(error instanceof RollcallError) || error.code !== 'invalid') throw error
    const issues = error.issues.map(({ path, message }) => ({ path: `question.${path}`, message }))
    throw issues.length ? invalid(issues) : error
  }
}

/** @throws RollcallError `conflict` when another delivery has the title */
export async function ensureTitleIsFree(tx: Tx, title: string, butFor?: string): Promise<void> {
  const held = await tx.delivery.findUnique({ where: { title }, select: { id: true } })
  if (held && held.id !== butFor)
    throw new RollcallError(
      'conflict',
      `There is a delivery called “${title}” already. Choose another title.`,
    )
}

/** Held until the transaction ends. @throws RollcallError `not-found` */
export async function lockDelivery(tx: Tx, id: string): Promise<Delivery> {
  await tx.$queryRaw`SELECT 1 FROM delivery WHERE id = ${id}::uuid FOR UPDATE`
  const found = await tx.delivery.findUnique({ where: { id } })
  if (!found) throw new RollcallError('not-found', 'There is no such delivery, or no longer.')
  return found
}
