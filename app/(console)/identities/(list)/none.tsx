// Why the identity list is empty: filtered to none, nothing looked at yet, or truly none.
import { may, type Actor } from '@/core/permissions'
import type { FullCompleteness } from '@/inventory/queries/types'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { OnlyNow } from '@/app/_ui/only-now'

const NOT_FILTERS = new Set(['sort', 'size', 'after'])

type Props = { actor: Actor; params: Record<string, string>; completeness: FullCompleteness }
export function NoIdentities({ actor, params, completeness }: Props) {
  if (Object.keys(params).some((name) => !NOT_FILTERS.has(name)))
    return (
      <Empty
        title="No identity matches these filters"
        actions={<ButtonLink href="/identities">Clear filters</ButtonLink>}
      >
        Take a filter away, or look among those that are gone with the state filter.
      </Empty>
    )
  if (completeness.state === 'none')
    return (
      <Empty
        title="No source has been read yet"
        actions={
          may(actor, 'source:manage') && (
            <OnlyNow>
              <ButtonLink href="/sources/new" look="primary">
                Connect a source
              </ButtonLink>
              <ButtonLink href="/sources/import">Import a file</ButtonLink>
            </OnlyNow>
          )
        }
      >
        Identities appear here while the first source is being read.
        {!may(actor, 'source:manage') && ' An administrator connects sources.'}
      </Empty>
    )
  return (
    <Empty
      title={actor.role === 'owner' ? 'No identity names you as its owner' : 'The sources hold no identities'}
    >
      {actor.role === 'owner'
        ? 'You see the identities whose tags or records name your e-mail address or your name.'
        : 'Every look was made, and nothing was found.'}
    </Empty>
  )
}
