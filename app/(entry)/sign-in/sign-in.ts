'use server'
// Signs this browser in. Says neither whether the address exists nor which of the two was wrong.
import { redirect } from 'next/navigation'
import { RollcallError } from '@/core/errors'
import { ACCESS_ENDED } from '@/governance/auth/access-end'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { authRequest } from '@/app/_session/auth-request'
import { safePath } from '@/app/_session/safe-path'

/** What the login library answers, as a sentence. */
async function refusal(response: Response): Promise<string> {
  if (response.status === 429) return 'Too many attempts. Wait a minute, then try again.'
  const body = (await response.json().catch(() => ({}))) as { code?: string; message?: string }
  if (body.code === 'BANNED_USER') return 'This account has been deactivated. Ask an administrator.'
  if (body.code === ACCESS_ENDED && body.message) return body.message
  return 'E-mail or password is not right. Check both and try again.'
}

export async function signIn(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const email = textOf(form, 'email')
    const password = form.get('password')
    if (!email || typeof password !== 'string' || !password)
      throw new RollcallError('invalid', 'Type your e-mail and your password.')
    const response = await authRequest('/sign-in/email', { email, password })
    if (!response.ok) throw new RollcallError('invalid', await refusal(response))
    redirect(safePath(form.get('next')))
  })
}
