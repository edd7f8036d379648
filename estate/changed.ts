// Changes a given share of all rows in one harmless field each: for measuring a second look at an estate that changed.
import { known } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { hashOfText, share } from './hash'

/** Whether a row is among the share that changes: decided by its id, so always the same ones. */
const isPicked = (row: Observation, changed: number): boolean =>
  share(hashOfText(row.nativeId, row.kind.charCodeAt(0) * 256 + row.kind.charCodeAt(1))) < changed

/** The row itself, or a copy that says something else where nothing hangs on it. */
export const changedOr = (row: Observation, changed: number): Observation =>
  isPicked(row, changed) ? altered(row) : row

const AGAIN = 'changed'
function altered(row: Observation): Observation {
  switch (row.kind) {
    case 'identity':
      return { ...row, description: known('Looked through by its owner', 'estate:ListIdentities') }
    case 'credential':
      return { ...row, lastUsedWhere: known('workflows in west-1, last of all', 'estate:GetLastUse') }
    case 'workload':
      return { ...row, aliases: [...row.aliases, `${row.nativeId}/${AGAIN}`] }
    case 'entitlement':
      return { ...row, aliases: [...row.aliases, `${row.nativeId}/${AGAIN}`] }
    case 'grant':
      return { ...row, viaName: AGAIN }
    case 'trust':
      return { ...row, actions: [...row.actions, 'Inspect'] }
    case 'usage':
      return { ...row, what: `${row.what}, twice` }
    case 'owner-hint':
      return { ...row, via: `${row.via} (${AGAIN})` }
    case 'secret':
      return { ...row, name: `${row.name}-${AGAIN}` }
    case 'issuer':
      return { ...row, name: `${row.name}-${AGAIN}` }
  }
}
