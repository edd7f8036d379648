// Signed in, but not allowed: which role this is, and who can change it.
import { ROLE_TITLES } from '@/core/permissions'
import { currentActor } from '@/app/_session/actor'
import { ButtonLink } from '@/app/_ui/button'
import { Page } from '@/app/_ui/page'

export default async function Forbidden() {
  const actor = await currentActor()
  return (
    <Page title="Your role does not open this page">
      <p className="max-w-[60ch] text-prose text-muted">
        {actor && (
          <>
            You are signed in as {actor.name}, role {actor.role}: {ROLE_TITLES[actor.role].toLowerCase()}{' '}
          </>
        )}
        {actor?.within && 'Your access is limited to some scopes, and this page tells of all of them. '}
        An administrator can change roles{actor?.within && ' and limits'} under Settings, Members.
      </p>
      <div className="mt-4">
        <ButtonLink href="/" look="primary">
          Home
        </ButtonLink>
      </div>
    </Page>
  )
}
