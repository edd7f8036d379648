// Lists the assets of some types. Cloud Asset Inventory asks for a permission on the whole, and then leaves nothing out; it may
// lag some minutes behind.
import type { Kind } from '@/core/observation'
import type { z } from 'zod'
import type { Look } from './look'
import { ASSETS } from './map-credential'
import type { Page } from './shapes'
import { byName } from './values'

export async function assetsOf<T extends { name: string }>(
  { asker, tree, lacking }: Look,
  assetTypes: readonly string[],
  page: z.ZodType<Page<T>>,
  kinds: readonly Kind[],
): Promise<T[]> {
  const assets = await asker.list(ASSETS, { name: tree.root, assetTypes }, page)
  // Where the hierarchy is not whole, it is not known that this is all of it either.
  for (const refusal of tree.refusals) lacking(kinds, refusal)
  lacking(kinds, assets)
  return assets.state === 'known' ? byName(assets.value) : []
}
