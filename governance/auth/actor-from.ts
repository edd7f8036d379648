// Who sends a request: the person of a session cookie, or the owner of an API token with the role they have now.
import { RollcallError } from '@/core/errors'
import { ROLES, type Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { ownerOfToken } from '../tokens/token'
import { hasEnded } from './access-end'
import { auth } from './auth'

const BEARER = /^bearer +(\S+)$/i

/** @returns null when nobody is signed in, the token is not valid, or whose it is has been deactivated or had their time */
export async function actorFrom(headers: Headers): Promise<Actor | null> {
  const given = headers.get('authorization')
  if (given === null) return fromSession(headers)
  const token = BEARER.exec(given.trim())?.[1]
  // A request that brings a token means to act by it: its cookie is not looked at.
  return token === undefined ? null : fromToken(token)
}

/** @throws RollcallError `unauthenticated` */
export async function requireActor(headers: Headers): Promise<Actor> {
  const actor = await actorFrom(headers)
  if (!actor) throw new RollcallError('unauthenticated', 'Sign in first.')
  return actor
}

async function fromSession(headers: Headers): Promise<Actor | null> {
  const found = await auth.api.getSession({ headers })
  return found && memberAs('user', found.user.id)
}

async function fromToken(token: string): Promise<Actor | null> {
  const known = await ownerOfToken(token)
  const actor = known && (await memberAs('token', known.ownerId))
  if (!actor) return null
  const name = `${actor.name} (token ${known.name})`
  return { ...actor, name, ...(known.only && { only: known.only }) }
}

/** As the account is now: what a session or a token remembers of it is not asked. */
async function memberAs(kind: 'user' | 'token', userId: string, now = new Date()): Promise<Actor | null> {
  const user = await db.user.findUnique({
    where: { id: userId },
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      banned: true,
      accessUntil: true,
      isLimited: true,
      scopes: { select: { scopeId: true }, orderBy: { scopeId: 'asc' } },
    },
  })
  const role = ROLES.find((one) => one === user?.role)
  if (!user || user.banned || !role || hasEnded(user, now)) return null
  const { id, name, email, accessUntil, isLimited, scopes } = user
  return {
    ...{ kind, id, name, email, role },
    ...(accessUntil && { until: accessUntil.toISOString() }),
    // Also where none of them is left: then it is nothing that they see.
    ...(isLimited && { within: scopes.map(({ scopeId }) => scopeId) }),
  }
}
