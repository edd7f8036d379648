// The finding that somebody is about to ask an exception for.
import type { FindingRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { getFinding } from '@/inventory/queries/get-finding'
import { authorise } from '../authorise'

/** @throws RollcallError `not-found` */
export async function findingToExcept(actor: Actor | null, id: string): Promise<FindingRow> {
  authorise(actor, 'exception:ask')
  return (await getFinding(actor, id)).finding
}
