'use server'
// Creates the first administrator and signs this browser in. The command refuses once there is an account.
import { redirect } from 'next/navigation'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { authRequest } from '@/app/_session/auth-request'

export async function createAdministrator(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const email = textOf(form, 'email')
    const password = String(form.get('password') ?? '')
    await createFirstAdministrator({ name: textOf(form, 'name'), email, password })
    await authRequest('/sign-in/email', { email, password })
    redirect('/welcome')
  })
}
