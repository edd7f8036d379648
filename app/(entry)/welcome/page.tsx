// First run: the first administrator, then three equal ways to a useful screen.
import type { Metadata } from 'next'
import { Database, FileUp, FlaskConical } from 'lucide-react'
import { Link } from '@/app/_ui/link'
import { redirect } from 'next/navigation'
import { may } from '@/core/permissions'
import { firstRunNeeded } from '@/governance/auth/first-administrator'
import { hasSample } from '@/governance/sample/has-sample'
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { currentActor } from '@/app/_session/actor'
import { ButtonLink } from '@/app/_ui/button'
import { Panel } from '@/app/_ui/section'
import { createAdministrator } from './create-administrator'
import { exploreSample } from './explore-sample'

export const metadata: Metadata = { title: 'Welcome' }

function FirstAdministrator() {
  return (
    <Panel className="w-full max-w-104 p-6">
      <h1 className="text-title">Welcome to Rollcall</h1>
      <p className="mt-1 text-prose text-muted">
        Every machine identity, answered for. Create the first administrator; nothing is sent anywhere.
      </p>
      <ActionForm
        action={createAdministrator}
        label="Create the administrator"
        className="mt-5 flex flex-col gap-4"
      >
        <TextField name="name" label="Your name" required autoComplete="name" />
        <TextField
          name="email"
          label="E-mail"
          type="email"
          required
          autoComplete="username"
          autoCapitalize="none"
          hint="You sign in with it. No mail is sent."
        />
        <TextField
          name="password"
          label="Password"
          type="password"
          required
          minLength={12}
          autoComplete="new-password"
          hint="At least 12 characters. A few random words are fine."
        />
        <Submit busy="Creating…">Create administrator</Submit>
      </ActionForm>
    </Panel>
  )
}

const CARD = 'flex flex-col gap-2 p-5'
const ICON = 'text-accent'

function Choices({ sample }: { sample: boolean }) {
  return (
    <div className="w-full max-w-240">
      <h1 className="text-title">Where should the first identities come from?</h1>
      <p className="mt-1 text-prose text-muted">All three can be added later as well.</p>
      <div className="mt-5 grid gap-4 md:grid-cols-3">
        <Panel className={CARD}>
          <FlaskConical size={20} aria-hidden className={ICON} />
          <h2 className="text-section">Explore a sample organisation</h2>
          <p className="flex-1 text-prose text-muted">
            A made-up estate, read through the real pipeline. No credentials needed; deleted with one click.
          </p>
          {sample ? (
            <ButtonLink href="/">Open the sample</ButtonLink>
          ) : (
            <ActionForm action={exploreSample} label="Explore the sample" className="flex flex-col gap-2">
              <Submit look="plain" busy="Loading the sample…">
                Explore sample data
              </Submit>
            </ActionForm>
          )}
        </Panel>
        <Panel className={CARD}>
          <FileUp size={20} aria-hidden className={ICON} />
          <h2 className="text-section">Import a file</h2>
          <p className="flex-1 text-prose text-muted">
            The output of one command you run yourself. You see what was understood before anything is saved.
          </p>
          <ButtonLink href="/sources/import">Import a file</ButtonLink>
        </Panel>
        <Panel className={CARD}>
          <Database size={20} aria-hidden className={ICON} />
          <h2 className="text-section">Connect a source</h2>
          <p className="flex-1 text-prose text-muted">
            Read-only, with exactly the permissions listed. Metadata only: values of secrets are never asked
            for.
          </p>
          <ButtonLink href="/sources/new">Connect a source</ButtonLink>
        </Panel>
      </div>
      <p className="mt-5 text-prose">
        <Link href="/" className="link">
          Skip for now
        </Link>
      </p>
    </div>
  )
}

export default async function WelcomePage() {
  if (await firstRunNeeded()) return <FirstAdministrator />
  const actor = await currentActor()
  if (!actor) redirect('/sign-in')
  if (!may(actor, 'source:manage')) redirect('/')
  return <Choices sample={await hasSample(actor)} />
}
