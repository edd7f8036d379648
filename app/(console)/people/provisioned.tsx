// How a provider of identities keeps the directory over SCIM: whether it does, and how one is connected.
import type { Provisioning } from '@/governance/directory/scim/provisioning'
import { CopyText } from '@/app/_ui/copy-text'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'

const many = (count: number, one: string, several: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : several}`

function Standing({ people, left, groups, last }: Provisioning) {
  if (!last)
    return <p className="text-ui text-muted">No provider has written yet. Nobody is known from here.</p>
  return (
    <p className="text-ui">
      {many(people, 'person', 'people')} and {many(groups, 'group', 'groups')} come by it
      {left > 0 && <>, {left.toLocaleString('en')} of them left</>}. It last wrote <Moment at={last.at} />, as{' '}
      {last.by}.
    </p>
  )
}

function Differing({ differing: { count, first } }: Provisioning) {
  if (!count) return null
  return (
    <Notice title={`Of ${many(count, 'person', 'people')} another source says another name or address`}>
      <p>The directory holds what that source says. A file of people, or their account here, changes it.</p>
      <ul className="mt-1 text-caption">
        {first.map(({ name, says }) => (
          <li key={name}>
            {name}: the provider says {says}
          </li>
        ))}
        {count > first.length && <li className="text-muted">and {count - first.length} more</li>}
      </ul>
    </Notice>
  )
}

export function Provisioned({
  state,
  url,
  mayConnect,
}: {
  state: Provisioning
  url: string
  mayConnect: boolean
}) {
  return (
    <div className="flex max-w-[96ch] flex-col gap-3">
      <Standing {...state} />
      <Differing {...state} />
      {mayConnect && (
        <>
          <ol className="ml-4 flex list-decimal flex-col gap-1 text-ui">
            <li>
              Make a token under{' '}
              <Link href="/settings/tokens" className="link">
                API tokens
              </Link>{' '}
              that may only keep people and teams, over SCIM. It ends after a year at the latest: renew it in
              time.
            </li>
            <li>
              Give the provider this address as its SCIM 2.0 endpoint, and the token as its bearer token.
            </li>
            <li>Have it send people by their work address, and the groups that are teams.</li>
          </ol>
          <CopyText text={url} what="SCIM address" />
        </>
      )}
    </div>
  )
}
