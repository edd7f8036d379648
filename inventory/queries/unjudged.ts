// Whether the rules were asked at all: an empty list of findings means something only where they were.
import type { Actor } from '@/core/permissions'
import { scopesFor } from './counted-scopes'
import { unjudgedScopes } from './home-counts'
import type { HomeSummary } from './types'
import { mustRead } from './visible'

export async function unjudged(actor: Actor): Promise<HomeSummary['unjudged']> {
  mustRead(actor, 'finding:read')
  return unjudgedScopes(await scopesFor(actor))
}
