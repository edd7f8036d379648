// Why the list of credentials is empty: filtered to none, not looked at in full, or truly none.
import { may, type Actor } from '@/core/permissions'
import type { FullCompleteness } from '@/inventory/queries/types'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { OnlyNow } from '@/app/_ui/only-now'

const NOT_FILTERS = new Set(['sort', 'size', 'after'])

function NotRead({ actor }: { actor: Actor }) {
  const manages = may(actor, 'source:manage')
  return (
    <Empty
      title="No source has been asked for credentials yet"
      actions={
        manages && (
          <OnlyNow>
            <ButtonLink href="/sources/new" look="primary">
              Connect a source
            </ButtonLink>
            <ButtonLink href="/sources/import">Import a file</ButtonLink>
          </OnlyNow>
        )
      }
    >
      Credentials and stored secrets appear here while the first source is being read.
      {!manages && ' An administrator connects sources.'}
    </Empty>
  )
}

type Props = { actor: Actor; params: Record<string, string>; completeness: FullCompleteness }
export function NoCredentials({ actor, params, completeness }: Props) {
  if (completeness.state === 'none') return <NotRead actor={actor} />
  if (Object.keys(params).some((name) => !NOT_FILTERS.has(name)))
    return (
      <Empty
        title="No credential matches these filters"
        actions={<ButtonLink href="/credentials">Clear filters</ButtonLink>}
      >
        Take a filter away, or look among those that are gone with the state filter.
      </Empty>
    )
  if (actor.role === 'owner')
    return (
      <Empty title="No credential is yours">
        You see the credentials of identities whose tags or records name your e-mail address or your name, and
        the stored secrets that name you.
      </Empty>
    )
  return completeness.state === 'complete' ? (
    <Empty title="The sources hold no credentials">Every look was made, and nothing was found.</Empty>
  ) : (
    <Empty title="No credential has been seen">
      Not every look was complete, so there may be some. The line above says what was not seen.
    </Empty>
  )
}
