// The confirmed parts of ownership, each with how it is known; the dispute that stands beside them; and who answered before.
import type { OwnerPart, OwnershipView, PastAct } from '@/governance/owners/ownership-of'
import { PART_TITLES } from '@/governance/owners/parts'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { StateWord } from '@/app/_ui/state-word'

const HOW = {
  assigned: 'Said by',
  confirmed: 'Confirmed by',
  transferred: 'Handed over by',
  imported: 'By the OWNERS file, applied by',
} as const

function Standing({ part }: { part: OwnerPart }) {
  if (part.standing === 'left')
    return <StateWord tone="danger">has left{part.leftAt && <Moment at={part.leftAt} full />}</StateWord>
  if (part.standing === 'unknown') return <StateWord tone="unknown">in no source of the directory</StateWord>
  return null
}

export function KnownParts({ parts }: { parts: OwnerPart[] }) {
  return (
    <dl className="mb-3 grid max-w-[96ch] grid-cols-[11rem_1fr] gap-x-4 gap-y-2 max-sm:grid-cols-1">
      {parts.map((part) => (
        <div key={part.part} className="contents">
          <dt className="text-muted">{PART_TITLES[part.part]}</dt>
          <dd className="[overflow-wrap:anywhere]">
            <span className="font-medium">{part.name}</span>
            {part.email && <span className="text-muted"> {part.email}</span>} <Standing part={part} />
            <span className="block text-caption text-muted">
              {HOW[part.how]} {part.by} <Moment at={part.at} full />
              {part.evidence && `. ${part.evidence}`}
              {part.standIn && (
                <>
                  . {part.standIn.name} stands in until <Moment at={part.standIn.until} full />
                </>
              )}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function Disputed({ dispute }: Pick<OwnershipView, 'dispute'>) {
  if (!dispute) return null
  return (
    <div className="mb-3">
      <Notice tone="warn" title={`${dispute.by} says that this is not so.`}>
        {dispute.why} (<Moment at={dispute.at} full />)
      </Notice>
    </div>
  )
}

/** What the OWNERS file says, where something else stands. */
export function Declared({ declared }: Pick<OwnershipView, 'declared'>) {
  const differing = declared?.parts.filter(({ differs }) => differs) ?? []
  if (!declared || !differing.length) return null
  return (
    <div className="mb-3">
      <Notice tone="warn" title="The OWNERS file says otherwise.">
        {differing.map(({ part, name }) => `${PART_TITLES[part]}: ${name}`).join(', ')} (version{' '}
        {declared.version}, line {declared.line}, {declared.ref}, <Moment at={declared.at} full />
        ). What somebody has confirmed stays until one of the two is changed.
      </Notice>
    </div>
  )
}

const DID: Record<PastAct['kind'], string> = {
  assign: 'said who answers',
  confirm: 'confirmed it',
  transfer: 'handed it over',
  dispute: 'disputed it',
  settle: 'settled the dispute',
  import: 'applied an OWNERS file',
  undo: 'undid what was done before',
}

export function PastOwners({ past }: { past: PastAct[] }) {
  if (!past.length) return null
  return (
    <details className="mb-3">
      <summary className="cursor-pointer font-medium select-none">Owners before ({past.length})</summary>
      <ul className="mt-1 flex flex-col gap-1">
        {past.map((act) => (
          <li key={act.actId} className={act.undone ? 'text-muted line-through' : ''}>
            <Moment at={act.at} full /> {act.by} {DID[act.kind]}: {act.owner ?? 'nobody confirmed'}
            {act.why && <span className="text-muted"> “{act.why}”</span>}
            {act.undone && <span className="sr-only"> (undone)</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
