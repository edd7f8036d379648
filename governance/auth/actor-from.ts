// Who sends a request: the person of a session cookie, or the owner of an API token with the role they have now.
import { RollcallError } from '@/core/errors'
import { ROLES, type Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { ownerOfToken } from '../tokens/token'
import { auth } from './auth'

const BEARER = /^bearer +(\S+)$/i

/** @returns null when nobody is signed in, the token is not valid, or its owner has been deactivated */
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
  return found && actorOf('user', found.user)
}

async function fromToken(token: string): Promise<Actor | null> {
  const known = await ownerOfToken(token)
  if (!known) return null
  const owner = await db.user.findUnique({ where: { id: known.ownerId } })
  const actor = owner && actorOf('token', owner)
  if (!actor) return null
  const name = `${actor.name} (token ${known.name})`
  return { ...actor, name, ...(known.only && { only: known.only }) }
}

type User = { id: string; name: string; email: string; role?: string | null; banned?: boolean | null }

function actorOf(kind: 'user' | 'token', { id, name, email, role, banned }: User): Actor | null {
  const known = ROLES.find((one) => one === role)
  return banned || !known ? null : { kind, id, name, email, role: known }
}
