// There is no such thing, or no longer, or not for this person: the answer is the same, so that nothing can be guessed.
import { ButtonLink } from '@/app/_ui/button'
import { OnlyNow } from '@/app/_ui/only-now'
import { Page } from '@/app/_ui/page'
import { BackToNow } from '../_shell/back-to-now'

export default function NotFound() {
  return (
    <Page
      title="There is nothing here"
      lead={
        <OnlyNow past="At this moment it was not known, was no longer there, or is not among what you may see.">
          It does not exist, no longer exists, or is not among what you may see.
        </OnlyNow>
      }
    >
      <div className="flex gap-2">
        <ButtonLink href="/identities" look="primary">
          All identities
        </ButtonLink>
        <ButtonLink href="/">Home</ButtonLink>
        <OnlyNow past={<BackToNow />}>{null}</OnlyNow>
      </div>
    </Page>
  )
}
