// Refuses before anything is sent, so that the answer carries the right status. The pages ask again themselves.
import type { ReactNode } from 'react'
import { requireActor } from '@/app/_session/actor'

export default async function CampaignsLayout({ children }: { children: ReactNode }) {
  await requireActor('campaign:read')
  return children
}
