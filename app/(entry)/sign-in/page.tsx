// Signing in by e-mail and password.
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { firstRunNeeded } from '@/governance/auth/first-administrator'
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { currentActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { safePath } from '@/app/_session/safe-path'
import { Panel } from '@/app/_ui/section'
import { signIn } from './sign-in'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: SearchProps) {
  const next = safePath((await searchParams).next)
  if (await currentActor()) redirect(next)
  if (await firstRunNeeded()) redirect('/welcome')
  return (
    <Panel className="w-full max-w-96 p-6">
      <h1 className="text-title">Sign in</h1>
      <ActionForm action={signIn} label="Sign in" className="mt-4 flex flex-col gap-4">
        <input type="hidden" name="next" value={next} />
        <TextField
          name="email"
          label="E-mail"
          type="email"
          required
          autoComplete="username"
          autoCapitalize="none"
        />
        <TextField
          name="password"
          label="Password"
          type="password"
          required
          autoComplete="current-password"
        />
        <Submit busy="Signing in…">Sign in</Submit>
      </ActionForm>
      <p className="mt-4 text-caption text-muted">
        No account, or password forgotten? An administrator can add you or set a new password under Settings,
        Members.
      </p>
    </Panel>
  )
}
