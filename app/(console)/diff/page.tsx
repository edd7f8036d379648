// What differs between two instants.
import type { Metadata } from 'next'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { SearchProps } from '@/app/_session/route-props'
import { Comparison } from './comparison'

export const metadata: Metadata = { title: 'Differences' }

export default async function DiffPage({ searchParams }: SearchProps) {
  const actor = await requireActor('identity:read')
  return orNotFound(Comparison({ actor, raw: await searchParams, path: '/diff', title: 'Differences' }))
}
