// One identity on one page, so that it prints, can be searched, and every part of it can be linked to.
import { cache } from 'react'
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
import { LineageSection } from './lineage'
import { OwnershipSection } from './ownership'
import { PermissionsSection } from './permissions'
import { SectionNav } from './section-nav'
import { TimelineSection } from './timeline'
import { TrustSection } from './trust'
import { WorkloadsSection } from './workloads'

/** Asked once a request, for the title and for the page. */
const read = cache(getIdentity)

export const generateMetadata = recordTitle<IdProps>('identity:read', async ({ actor, at }, { params }) => {
  const { id } = await params
  return (await orNotFound(at(() => read(actor, id)))).identity.name
})

export default recordPage<IdProps>('identity:read', async ({ actor, at }, { params }) => {
  const { id } = await params
  const detail = await orNotFound(at(() => read(actor, id)))
  const { identity } = detail
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
      <SectionNav detail={detail} />
      <LineageSection detail={detail} />
      <WorkloadsSection detail={detail} />
      <FindingsSection detail={detail} />
      <CredentialsSection detail={detail} />
      <PermissionsSection detail={detail} />
      <TrustSection detail={detail} />
      <ConnectionsSection detail={detail} />
      <OwnershipSection detail={detail} />
      <EvidenceSection detail={detail} />
      <TimelineSection detail={detail} />
    </Page>
  )
})
