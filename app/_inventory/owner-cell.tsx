// Who answers for an identity, in one cell: a name, known nobody, or not known.
import { CircleDashed, UserX } from 'lucide-react'
import type { IdentityRow } from '@/core/list'

type Props = {
  owner: IdentityRow['owner']
  /** Whether nobody is a fault: people answer for themselves. */ expected?: boolean
}
export function OwnerCell({ owner, expected = true }: Props) {
  if (owner.state === 'known')
    return (
      <span className="block truncate" title={owner.name}>
        {owner.name}
      </span>
    )
  const Icon = owner.state === 'absent' ? UserX : CircleDashed
  return (
    <span
      className={`inline-flex items-center gap-1 whitespace-nowrap ${owner.state === 'absent' && expected ? 'text-sev-medium-text' : 'text-muted'}`}
    >
      <Icon size={13} aria-hidden className="shrink-0" />
      {owner.state === 'absent' ? 'None' : 'Unknown'}
    </span>
  )
}
