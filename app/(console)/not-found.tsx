// There is no such thing, or no longer, or not for this person: the answer is the same, so that nothing can be guessed.
import { ButtonLink } from '@/app/_ui/button'
import { Page } from '@/app/_ui/page'

export default function NotFound() {
  return (
    <Page
      title="There is nothing here"
      lead="It does not exist, no longer exists, or is not among what you may see."
    >
      <div className="flex gap-2">
        <ButtonLink href="/identities" look="primary">
          All identities
        </ButtonLink>
        <ButtonLink href="/">Home</ButtonLink>
      </div>
    </Page>
  )
}
