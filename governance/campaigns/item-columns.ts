// The columns of the items of a campaign as a file.
import type { Column } from '@/inventory/queries/columns'
import type { ItemRow } from './campaign-items'

const of = (key: string, title: string, csv: (row: ItemRow) => string, always?: true): Column<ItemRow> => ({
  key,
  title,
  csv,
  ...(always && { always }),
})

export const itemColumns: readonly Column<ItemRow>[] = [
  of('id', 'Id', (r) => r.id, true),
  of('identity', 'Identity id', (r) => r.identityId, true),
  of('name', 'Name', (r) => r.name, true),
  of('type', 'Type', (r) => r.type),
  of('scope', 'Scope', (r) => r.scope.name),
  of('tier', 'Risk', (r) => r.tier),
  of('reasons', 'Because', (r) => r.reasons.join('; ')),
  of('cause', 'What has happened', (r) => r.cause ?? ''),
  of('administrator', 'Equivalent to an administrator', (r) => (r.administrator ? 'yes' : 'no')),
  of('reviewer', 'Reviewer', (r) => r.reviewer?.name ?? ''),
  of('reviewerWhy', 'Reviewer because', (r) => r.reviewer?.why ?? ''),
  of('hops', 'Times handed on', (r) => String(r.hops)),
  of('state', 'State', (r) => r.state),
  of('decision', 'Decision', (r) => r.decision?.decision ?? ''),
  of('by', 'Decided by', (r) => r.decision?.by ?? ''),
  of('for', 'In the place of', (r) => r.decision?.for ?? ''),
  of('source', 'Decided by person or policy', (r) => r.decision?.source ?? ''),
  of('at', 'Decided', (r) => r.decision?.at ?? ''),
  of('reason', 'Reason', (r) => r.decision?.reason ?? ''),
  of('keepUntil', 'Kept until', (r) => r.decision?.keepUntil ?? ''),
  of('exception', 'Settled by the close', (r) =>
    r.exception ? `${r.exception.person ?? 'next campaign'}: ${r.exception.reason}` : '',
  ),
  of('cardHash', 'SHA-256 of the card', (r) => r.cardHash),
]
