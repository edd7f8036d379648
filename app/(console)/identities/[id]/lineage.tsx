// Who acts as the identity, and what it leads to: drawn, and for those who may ask about access, told step by step.
import type { Neighbours } from '@/governance/access/questions/neighbours'
import type { IdentityDetail } from '@/inventory/queries/types'
import { accessHref } from '@/app/_access/address'
import { ClassIcon } from '@/app/_inventory/class-icon'
import { noneOf, wasSeenWhole } from '@/app/_inventory/none-of'
import { typeTitle } from '@/app/_inventory/type-title'
import { Section } from '@/app/_ui/section'
import { Column, Legend, Lines, SHOWN } from './lineage-drawing'
import { lineageOf } from './lineage-nodes'
import { NearSteps } from './near-steps'

/** Neither is told by a look that was not complete: the one that was not is named. */
const nobodyActs = ({ looks }: IdentityDetail): string =>
  wasSeenWhole(looks, 'workload')
    ? noneOf(looks, 'trust', 'Nothing is known to act as it')
    : noneOf(looks, 'workload', '')

function Self({ identity }: Pick<IdentityDetail, 'identity'>) {
  return (
    <div className="flex w-full shrink-0 flex-col justify-center md:w-52">
      <p className="rounded-md border-2 border-ink bg-bg px-3 py-2.5 text-center font-semibold [overflow-wrap:anywhere]">
        <span className="mb-0.5 flex items-center justify-center gap-1.5 text-caption font-normal text-muted">
          <ClassIcon of={identity.class} size={13} /> {typeTitle(identity.type)}
        </span>
        {identity.name}
      </p>
    </div>
  )
}

/** With what stands near it, it is about access as well. */
export const lineageTitle = (near: Neighbours | undefined): string => (near ? 'Reach and access' : 'Lineage')

type Props = {
  detail: IdentityDetail
  /** Only for those who may ask about access, and only for the present. */
  near?: Neighbours
}
export function LineageSection({ detail, near }: Props) {
  const { identity } = detail
  const { before, after, lines } = lineageOf(detail, near)
  const rows = Math.max(1, Math.min(SHOWN, before.length), Math.min(SHOWN, after.length))
  const usual = detail.usedBy.rows.length > SHOWN ? '#workloads' : '#connections'
  return (
    <Section id="lineage" title={lineageTitle(near)} aside={<Legend lines={lines} />}>
      <div className="relative flex flex-col gap-4 rounded-lg border border-hairline bg-surface p-4 md:flex-row md:items-stretch md:gap-0 md:pt-7">
        <Column
          title={near ? 'Who acts as it, or can' : 'Who acts as it'}
          nodes={before}
          none={nobodyActs(detail)}
          more={near ? near.before.count - near.before.rows.length : 0}
          moreHref={near ? accessHref('become', { identity: identity.id }) : usual}
        />
        <Lines nodes={before.slice(0, SHOWN)} rows={rows} to="right" />
        <Self identity={identity} />
        <Lines nodes={after.slice(0, SHOWN)} rows={rows} to="left" />
        <Column
          title={near ? 'What it leads to, within two steps' : 'What it leads to'}
          nodes={after}
          none="Nothing that it becomes or reaches is known. Sources that are not connected may hold some."
          more={near ? near.after.count - near.after.rows.length : 0}
          moreHref={near ? accessHref('reach', { from: identity.id }) : '#connections'}
        />
      </div>
      {near && <NearSteps identity={identity} near={near} />}
    </Section>
  )
}
