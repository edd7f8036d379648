// Every credential and stored secret of a list, in batches: the same rows in the same order as its pages, in bounded memory.
import type { CredentialRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { credentialSlice } from './credential-slice'
import { credentialConditions, type AskedCredentials } from './credential-where'
import { mustRead } from './visible'

const BATCH = 1000

/** Starts at the filter's `after`, where it has one. */
export async function* eachCredential(
  actor: Actor,
  filter: AskedCredentials,
): AsyncGenerator<CredentialRow[]> {
  mustRead(actor, 'identity:read')
  const conditions = await credentialConditions(actor, filter)
  let after = filter.after
  do {
    const { rows, next } = await credentialSlice(conditions, { sort: filter.sort, after, size: BATCH })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}
