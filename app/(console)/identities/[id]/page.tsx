// One identity on one page, so that it prints, can be searched, and every part of it can be linked to.
import { cache } from 'react'
import { may, type Actor } from '@/core/permissions'
import { neighbours } from '@/governance/access/questions/neighbours'
import { suggestionsOf } from '@/governance/owners/list-ownership'
import { ownershipOf } from '@/governance/owners/ownership-of'
import { getIdentity } from '@/inventory/queries/get-identity'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { orNotFound } from '@/app/_session/or-not-found'
import { recordPage, recordTitle } from '@/app/_session/record-page'
import type { IdProps } from '@/app/_session/route-props'
import { Page } from '@/app/_ui/page'
import { ConnectionsSection } from './connections'
import { CredentialsSection } from './credentials'
import { EvidenceSection } from './evidence'
import { FactCells } from './fact-cells'
import { FindingsSection } from './findings'
import { IdentityHeader } from './header'
import { LineageSection, lineageTitle } from './lineage'
import { OwnershipSection, type Owning } from './ownership'
import { PermissionsSection } from './permissions'
import { SectionNav } from './section-nav'
import { TimelineSection } from './timeline'
import { TrustSection } from './trust'
import { WorkloadsSection } from './workloads'

/** Who is suggested is told where nobody was confirmed, or somebody disputes it. */
async function owningOf(actor: Actor, id: string): Promise<Owning> {
  const view = await ownershipOf(actor, id)
  const isOpen = view.parts.length === 0 || view.dispute !== undefined
  const suggestions = isOpen ? await suggestionsOf(actor, id) : []
  return { view, suggestions, mayAssign: may(actor, 'owner:assign'), mayAnswer: may(actor, 'owner:answer') }
}

/** Asked once a request, for the title and for the page. */
const read = cache(getIdentity)

export const generateMetadata = recordTitle<IdProps>('identity:read', async ({ actor, at }, { params }) => {
  const { id } = await params
  return (await orNotFound(at(() => read(actor, id)))).identity.name
})

export default recordPage<IdProps>('identity:read', async ({ actor, at, moment }, { params }) => {
  const { id } = await params
  const detail = await orNotFound(at(() => read(actor, id)))
  const { identity } = detail
  // Who can become whom is worked out for now only.
  const near =
    !moment && may(actor, 'access:read') ? await neighbours(actor, id, identity.scope.id) : undefined
  // What people said is kept as they said it, and shown as of now only; who the owner was is a fact of every moment.
  const owning = moment ? undefined : await owningOf(actor, id)
  return (
    <Page
      title={identity.name}
      crumbs={[
        { title: 'Identities', href: '/identities' },
        { title: identity.scope.name, href: `/identities?scope=${identity.scope.id}` },
      ]}
    >
      <IdentityHeader detail={detail} />
      <div className="my-3">
        <CompletenessLine completeness={detail.completeness} />
      </div>
      <FactCells detail={detail} />
      <SectionNav detail={detail} lineage={lineageTitle(near)} />
      <LineageSection detail={detail} near={near} />
      <WorkloadsSection detail={detail} />
      <FindingsSection detail={detail} mayAsk={!moment && may(actor, 'exception:ask')} />
      <CredentialsSection detail={detail} />
      <PermissionsSection detail={detail} asks={near !== undefined} />
      <TrustSection detail={detail} />
      <ConnectionsSection detail={detail} />
      <OwnershipSection detail={detail} owning={owning} />
      <EvidenceSection detail={detail} />
      <TimelineSection detail={detail} />
    </Page>
  )
})
