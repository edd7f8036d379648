// The columns of campaigns as a file.
import type { Column } from '@/inventory/queries/columns'
import type { CampaignRow } from './list-campaigns'

const of = (
  key: string,
  title: string,
  csv: (row: CampaignRow) => string,
  always?: true,
): Column<CampaignRow> => ({ key, title, csv, ...(always && { always }) })

export const campaignColumns: readonly Column<CampaignRow>[] = [
  of('id', 'Id', (r) => r.id, true),
  of('name', 'Name', (r) => r.name, true),
  of('state', 'State', (r) => r.state),
  of('manager', 'Manager', (r) => r.manager.name),
  of('dueAt', 'Due', (r) => r.dueAt),
  of('rows', 'Items', (r) => r.rows?.toString() ?? 'not frozen'),
  of('instant', 'As of', (r) => r.instant ?? ''),
  of('populationHash', 'SHA-256 of the population', (r) => r.populationHash ?? ''),
  of('open', 'Open', (r) => String(r.funnel.undecided + r.funnel.unclear)),
  of('decided', 'Decided', (r) => String(r.funnel.decided)),
  of('signed', 'Signed', (r) => String(r.funnel.signed)),
  of('carried', 'Carried by policy', (r) => String(r.funnel.carried)),
  of('excepted', 'Somebody answers', (r) => String(r.funnel.excepted)),
  of('moved', 'Left to the next', (r) => String(r.funnel.moved)),
  of('toRemove', 'Removals signed', (r) => String(r.funnel.remediations.signed)),
  of('applied', 'Removals applied', (r) => String(r.funnel.remediations.applied)),
  of('gone', 'Removals verified gone', (r) => String(r.funnel.remediations['verified-gone'])),
  of('stillThere', 'Removals still there', (r) => String(r.funnel.remediations['still-there'])),
  of('cannotVerify', 'Removals not verifiable', (r) => String(r.funnel.remediations['cannot-verify'])),
  of('createdBy', 'Made by', (r) => r.createdBy),
  of('createdAt', 'Made', (r) => r.createdAt),
  of('publishedAt', 'Published', (r) => r.publishedAt ?? ''),
  of('closedAt', 'Closed', (r) => r.closedAt ?? ''),
  of('sealedAt', 'Sealed', (r) => r.sealedAt ?? ''),
]
