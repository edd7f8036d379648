// One credential or stored secret on one page: whose it is, how old, who reaches it, what happened to it. Never its value.
import { cache } from 'react'
import { getCredential } from '@/inventory/queries/get-credential'
import { mayReplace, replacementOf } from '@/governance/access/replacement/replacement-of'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { orNotFound } from '@/app/_session/or-not-found'
import { recordPage, recordTitle } from '@/app/_session/record-page'
import type { IdProps } from '@/app/_session/route-props'
import { Page } from '@/app/_ui/page'
import { CredentialHeader } from './header'
import { CredentialCells } from './cells'
import { ReplacementSection } from './replacement'
import {
  ConnectionsSection,
  EvidenceSection,
  FindingsSection,
  OwnershipSection,
  TimelineSection,
} from './sections'

/** Asked once a request, for the title and for the page. */
const read = cache(getCredential)

export const generateMetadata = recordTitle<IdProps>('identity:read', async ({ actor, at }, { params }) => {
  const { id } = await params
  return (await orNotFound(at(() => read(actor, id)))).credential.name
})

export default recordPage<IdProps>('identity:read', async ({ actor, at, moment }, { params }) => {
  const { id } = await params
  const detail = await orNotFound(at(() => read(actor, id)))
  const { credential } = detail
  // What to do is about the present.
  const isAsked = !moment && credential.kind === 'credential' && mayReplace(actor)
  const replacement = isAsked ? await replacementOf(actor, id) : undefined
  return (
    <Page
      title={credential.name}
      crumbs={[
        { title: 'Credentials', href: '/credentials' },
        { title: credential.scope.name, href: `/credentials?scope=${credential.scope.id}` },
      ]}
    >
      <CredentialHeader detail={detail} />
      <div className="my-3">
        <CompletenessLine completeness={detail.completeness} />
      </div>
      <CredentialCells detail={detail} />
      {credential.kind === 'credential' && <FindingsSection detail={detail} />}
      {replacement && replacement.ways.length > 0 && <ReplacementSection replacement={replacement} />}
      <ConnectionsSection detail={detail} />
      <OwnershipSection detail={detail} />
      <EvidenceSection detail={detail} />
      <TimelineSection detail={detail} />
    </Page>
  )
})
