// What differs between two instants of one identity and of what belongs to it.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps, SearchProps } from '@/app/_session/route-props'
import { Comparison } from '../../../diff/comparison'

export const metadata: Metadata = { title: 'Differences of an identity' }

export default async function IdentityDiffPage({ params, searchParams }: IdProps & SearchProps) {
  const actor = await requireActor('identity:read')
  const { id } = await params
  if (!z.guid().safeParse(id).success) notFound()
  return orNotFound(
    Comparison({
      actor,
      raw: await searchParams,
      path: `/identities/${id}/diff`,
      title: 'Differences of an identity',
      crumbs: [
        { title: 'Identities', href: '/identities' },
        { title: 'Identity', href: `/identities/${id}` },
      ],
      identity: id,
    }),
  )
}
