// Who is asking. Every page starts with requireActor: without a session nothing of the console is rendered.
import { headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { cache } from 'react'
import { may, type Actor, type Permission } from '@/core/permissions'
import { actorFrom } from '@/governance/auth/actor-from'
import { firstRunNeeded } from '@/governance/auth/first-administrator'

/** The signed-in person, or null. Asked once a request. */
export const currentActor = cache(async (): Promise<Actor | null> => actorFrom(await headers()))

/** The signed-in person; others are sent to sign in, or to create the first administrator. */
export async function requireActor(permission?: Permission): Promise<Actor> {
  const actor = await currentActor()
  if (!actor) {
    if (await firstRunNeeded()) redirect('/welcome')
    const path = (await headers()).get('x-rollcall-path') ?? '/'
    redirect(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`)
  }
  if (permission && !may(actor, permission)) forbidden()
  return actor
}
