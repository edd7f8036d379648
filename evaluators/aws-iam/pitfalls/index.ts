// Weak spots of who can become a role: the rows of the table of federation pitfalls that concern AWS.
import type { Pitfall, Principal } from '@/core/access'
import type { AwsAccess } from '../aws-access'
import { arnOfPrincipal, kindOf } from '../subject'
import type { TrustRow } from '../trust'
import { deniesFor, type Found } from './found'
import { account, anyone, gone, service } from './named'
import { tokens } from './tokens'

/** Only of roles: other platforms' principals that trust this account are judged by theirs. */
export const trustPitfalls = (access: AwsAccess, principal: Principal): Pitfall[] => {
  if (kindOf(principal, arnOfPrincipal(principal)) !== 'role') return []
  const rows = access.trustOf(principal)
  return rows.flatMap((row) =>
    row.pod || row.statement.effect === 'Deny' || !row.statement.understood
      ? []
      : ofRow(access, row, rows).map((one) => ({ ...one, trust: row.row.id })),
  )
}

function ofRow(access: AwsAccess, row: TrustRow, rows: readonly TrustRow[]): Found[] {
  const denies = deniesFor(row, rows)
  switch (row.row.principalType) {
    case 'anyone':
      return anyone(row, denies)
    case 'account':
      return account(access, row, denies)
    case 'service':
      return service(row, denies, rows)
    case 'federated':
      return tokens(access, row, denies)
    case 'unresolvable':
      return gone(row)
    case 'identity':
      return []
  }
}
