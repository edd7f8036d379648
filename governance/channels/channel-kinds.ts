// The kinds of channels there are, as governance asks for them.
import type { SenderManifest } from '@/core/sender'
import { findSender, senderManifests } from '@/senders'

export const channelKinds = (): SenderManifest[] => senderManifests()
/** @throws RollcallError `not-found` */
export const channelKind = (id: string): SenderManifest => findSender(id).manifest
export const kindTitleOf = (id: string): string => channelKinds().find((one) => one.id === id)?.title ?? id

const people = new Set(channelKinds().flatMap(({ id, reaches }) => (reaches === 'people' ? [id] : [])))
const personal = new Set(channelKinds().flatMap(({ id, canBePersonal }) => (canBePersonal ? [id] : [])))
/** Whether a channel of this kind can be one person’s own. */
export const canBePersonal = (id: string): boolean => personal.has(id)
/** Whether a channel of this kind reaches people one by one. */
export const reachesPeople = (id: string): boolean => people.has(id)
