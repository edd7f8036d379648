'use server'
// Keeps how a person likes to see the pages, for a year.
import { refresh } from 'next/cache'
import { cookies } from 'next/headers'
import { env } from '@/env'
import { requireActor } from './actor'
import { Preferences, type PreferenceName } from './preferences'

const YEAR_SECONDS = 365 * 24 * 60 * 60

export async function setPreference(form: FormData): Promise<void> {
  await requireActor()
  const jar = await cookies()
  for (const name of Object.keys(Preferences.shape) as PreferenceName[]) {
    const value = form.get(name)
    if (typeof value !== 'string') continue
    jar.set(`rollcall-${name}`, Preferences.shape[name].parse(value), {
      maxAge: YEAR_SECONDS,
      path: '/',
      sameSite: 'lax',
      httpOnly: true,
      secure: env.baseUrl.startsWith('https:'),
    })
  }
  refresh()
}
