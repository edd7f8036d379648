// One identity on one page, so that it prints, can be searched, and every part of it can be linked to.
import type { Metadata } from 'next'
import { cache } from 'react'
import { getIdentity } from '@/inventory/queries/get-identity'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { orNotFound } from '@/app/_session/or-not-found'
import { requireActor } from '@/app/_session/actor'
import type { IdProps } from '@/app/_session/route-props'
import { Page } from '@/app/_ui/page'
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

/** Asked once a request, for the title and for the page. */
const read = cache(getIdentity)

export async function generateMetadata({ params }: IdProps): Promise<Metadata> {
  const actor = await requireActor('identity:read')
  const { identity } = await orNotFound(read(actor, (await params).id))
  return { title: identity.name }
}

export default async function IdentityPage({ params }: IdProps) {
  const actor = await requireActor('identity:read')
  const detail = await orNotFound(read(actor, (await params).id))
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
      <FindingsSection detail={detail} />
      <CredentialsSection detail={detail} />
      <PermissionsSection detail={detail} />
      <TrustSection detail={detail} />
      <OwnershipSection detail={detail} />
      <EvidenceSection detail={detail} />
      <TimelineSection detail={detail} />
    </Page>
  )
}
