// Who has come by a link, without an account: a cookie of its own, which only the pages of links are sent.
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import type { Actor } from '@/core/permissions'
import { env } from '@/env'
import { linkActor, type Opened } from '@/governance/campaigns/links/open-link'

const NAME = 'rollcall.review'
const PATH = '/link'

/** Null for whoever has none, or whose is over. Asked once a request. */
export const currentLinkActor = cache(async (): Promise<Actor | null> =>
  linkActor((await cookies()).get(NAME)?.value),
)

/** Only in answer to a request that changes something. */
export async function keepLinkSession({ session, until }: Opened): Promise<void> {
  const held = await cookies()
  held.set(NAME, session, {
    path: PATH,
    expires: until,
    httpOnly: true,
    sameSite: 'strict',
    secure: new URL(env.baseUrl).protocol === 'https:',
  })
}

/** The token in the address of this page, and where the request comes from. */
export async function linkAsked(): Promise<{ token: string; address: string }> {
  const asked = await headers()
  const [, token = ''] = /^\/link\/([^/?]+)/.exec(asked.get('x-rollcall-path') ?? '') ?? []
  const [address = ''] = (asked.get('x-forwarded-for') ?? '').split(',')
  return { token, address: address.trim() }
}
