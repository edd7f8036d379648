// What it may do, judged over all it holds and the steps it can take: how strong, how near, why, and what was not known.
import type { Privilege } from '@/core/subject'
import type { FactView, IdentityDetail } from '@/inventory/queries/types'
import { waysToAll } from '@/app/_access/address'
import { Because, NotKnown, stated } from '@/app/_access/reasons'
import { PrivilegeCell } from '@/app/_inventory/privilege-cell'
import { whyWords } from '@/app/_inventory/words'
import { Link } from '@/app/_ui/link'
import { StateWord } from '@/app/_ui/state-word'

/** How far it is from everything: as it stands, or by steps of its own. */
export function distanceWords({ class: is, hops }: Privilege): string | undefined {
  if (hops === undefined) return undefined
  if (hops === 0) return is === 'conditional' ? 'Administrator itself, if it holds' : undefined
  return `${hops} ${hops === 1 ? 'step' : 'steps'} to administrator`
}

/** Whether some way leads it to everything, so that asking for it has an answer. */
const comesToAll = ({ class: is }: Privilege) =>
  is === 'administrator' || is === 'escalates' || is === 'conditional'

const classOf = (privilege: FactView<Privilege>): string =>
  privilege.state === 'known' ? privilege.value.class : privilege.state === 'absent' ? 'none' : 'unknown'

type Props = {
  identity: IdentityDetail['identity']
  privilege: FactView<Privilege>
  /** Whether the reader may ask further. */
  asks: boolean
}
export function PrivilegeCard({ identity, privilege, asks }: Props) {
  const value = privilege.state === 'known' ? privilege.value : undefined
  const distance = value && distanceWords(value)
  return (
    <div className="mb-3 flex flex-col gap-1.5 rounded-lg border border-hairline px-3 py-2.5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-muted">Judged over all it holds:</span>
        <PrivilegeCell privilege={classOf(privilege)} />
        {distance && <span className="tabular">{distance}</span>}
        {value?.depends && <StateWord tone="unknown">Depends</StateWord>}
        {asks && value && comesToAll(value) && (
          <Link
            href={waysToAll(identity.id, identity.scope.id)}
            prefetch={false}
            className="link print:hidden"
          >
            By which ways
          </Link>
        )}
      </p>
      {privilege.state === 'unknown' && (
        <p className="text-muted">
          {whyWords(privilege.why)} ({privilege.source}){privilege.detail && `: ${privilege.detail}`}
        </p>
      )}
      {value && <Because reasons={stated(value)} />}
      {value && <NotKnown missing={value.missing ?? []} />}
    </div>
  )
}
