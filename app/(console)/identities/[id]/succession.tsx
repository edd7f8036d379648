// Others of the same name before and after it, and what was made for the one before: a name is no proof of being the same.
import type { Namesake, Succession } from '@/inventory/queries/identity-succession'
import { kindWords } from '@/app/_inventory/words'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { StateWord } from '@/app/_ui/state-word'

function Name({ of: { id, name, nativeId } }: { of: Namesake }) {
  return (
    <Link href={`/identities/${id}`} className="link" title={nativeId}>
      {name}
    </Link>
  )
}

export function SuccessionNotes({ succession }: { succession: Succession }) {
  const { predecessor, successors, inherited } = succession
  return (
    <div className="mb-4 flex flex-col gap-2 empty:hidden">
      {predecessor && (
        <Notice tone="warn" title="Another identity had this name before.">
          Predecessor: <Name of={predecessor} />
          {predecessor.retiredAt && (
            <>
              , gone <Moment at={predecessor.retiredAt} full />
            </>
          )}
          . They are two identities: check that what was given to the first is meant for this one.
        </Notice>
      )}
      {successors.rows.length > 0 && (
        <Notice title="The name was given out again.">
          {successors.rows.length > 1 ? 'Successors: ' : 'Successor: '}
          {successors.rows.map((successor, at) => (
            <span key={successor.id}>
              {at > 0 && ', '}
              <Name of={successor} /> since <Moment at={successor.firstSeenAt} full />
            </span>
          ))}
          {successors.more && ' and others'}.
        </Notice>
      )}
      {inherited.rows.length > 0 && (
        <div className="mt-2">
          <h3 className="mb-1.5 text-caption font-medium text-muted">Made for its predecessor</h3>
          <ul
            aria-label="Made for its predecessor"
            className="divide-y divide-hairline rounded-lg border border-hairline"
          >
            {inherited.rows.map(({ id, kind, name, since }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
                <StateWord tone="danger">Inherited by a lookalike</StateWord>
                <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
                <span className="text-muted">
                  {kindWords(kind)}, seen since <Moment at={since} />
                </span>
              </li>
            ))}
          </ul>
          {inherited.more && (
            <p className="mt-2 text-caption text-muted">There are more than are shown here.</p>
          )}
        </div>
      )}
    </div>
  )
}
