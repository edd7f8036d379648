// An S3-compatible store as a place that packs are delivered to. What speaks to it is loaded where something is taken there.
import type { Place } from './place'
import { StoreSettings } from './store-settings'

export const storePlace: Place<StoreSettings> = {
  id: 'store',
  title: 'An S3-compatible store',
  summary: 'A bucket of a cloud or of your own: with keys that may put objects there and read them.',
  settings: StoreSettings,
  words: ({ endpoint, bucket, prefix }) =>
    `bucket ${bucket}${prefix ? ` (${prefix})` : ''} of ${new URL(endpoint).host}`,
  put: async (settings, parcel, at) => (await import('./store-objects')).putInStore(settings, parcel, at),
  attempt: async (settings, at) => (await import('./store-objects')).attemptInStore(settings, at),
}
