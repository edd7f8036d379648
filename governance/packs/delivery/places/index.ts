// The kinds of places that packs are delivered to.
import { RollcallError } from '@/core/errors'
import { openSettings } from '../../../crypto/seal-settings'
import { folderPlace } from './folder'
import { NotDelivered, type Parcel, type Place, type PutAt } from './place'
import { storePlace } from './store'

/** Settings are checked where a place is asked by what it is called. */
export const PLACE_KINDS = ['folder', 'store'] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]
const PLACES: { [K in PlaceKind]: Place } = {
  folder: folderPlace as unknown as Place,
  store: storePlace as unknown as Place,
}
export const placeOf = (kind: string): Place => {
  const found = PLACES[kind as PlaceKind]
  if (found) return found
  throw new RollcallError('not-found', `There is no kind of place ${kind}. There are: folder, store.`)
}

type Sealed = { id: string; kind: string; settings: Uint8Array }

/** @throws NotDelivered where they cannot be read, or are not complete */
function opened({ id, kind, settings }: Sealed): { place: Place; settings: unknown } {
  const place = placeOf(kind)
  try {
    const read = place.settings.safeParse(openSettings(id, settings, 'delivery'))
    if (read.success) return { place, settings: read.data }
  } catch (error) {
    if (error instanceof RollcallError) throw new NotDelivered(error.message)
    throw error
  }
  throw new NotDelivered('The settings of the place are not complete any more: enter them again.')
}

/** @throws NotDelivered */
export async function putAt(delivery: Sealed, parcel: Parcel, at: PutAt) {
  const { place, settings } = opened(delivery)
  return place.put(settings, parcel, at)
}
/** @throws NotDelivered */
export async function attemptAt(delivery: Sealed, at: PutAt): Promise<string> {
  const { place, settings } = opened(delivery)
  return place.attempt(settings, at)
}
/** Where it goes, without anything secret; undefined where that cannot be read. */
export function placeWords(delivery: Sealed): string | undefined {
  try {
    const { place, settings } = opened(delivery)
    return place.words(settings)
  } catch {
    return undefined
  }
}
