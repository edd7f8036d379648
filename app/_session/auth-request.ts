// Talks to the login library over its own door, so that its limits on attempts hold for the pages too.
import { cookies, headers } from 'next/headers'
import { env } from '@/env'
import { auth } from '@/governance/auth/auth'

/** Sends a request as this browser and hands its cookies on. */
export async function authRequest(
  path: '/sign-in/email' | '/sign-out',
  body: Record<string, unknown>,
): Promise<Response> {
  const asked = await headers()
  const sent = new Headers({ 'content-type': 'application/json', origin: env.baseUrl })
  for (const name of ['cookie', 'user-agent', 'x-forwarded-for', 'x-real-ip']) {
    const value = asked.get(name)
    if (value) sent.set(name, value)
  }
  const url = new URL(`/api/auth${path}`, env.baseUrl)
  const response = await auth.handler(
    new Request(url, { method: 'POST', headers: sent, body: JSON.stringify(body) }),
  )
  await handOn(response.headers.getSetCookie())
  return response
}

async function handOn(lines: string[]): Promise<void> {
  const jar = await cookies()
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const name = pair.slice(0, pair.indexOf('='))
    const value = decodeURIComponent(pair.slice(pair.indexOf('=') + 1))
    const set = new Map(attributes.map((a) => [a.split('=')[0]!.toLowerCase(), a.slice(a.indexOf('=') + 1)]))
    jar.set(name, value, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: set.has('secure'),
      ...(set.has('max-age') && { maxAge: Number(set.get('max-age')) }),
    })
  }
}
