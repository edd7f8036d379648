// Makes an audit: what it is about, over which period, who audits, and what they are handed.
import type { Metadata } from 'next'
import { possibleAuditors } from '@/governance/audits/who-audits'
import { listPacks } from '@/governance/packs/asking/list'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { requireActor } from '@/app/_session/actor'
import { Page } from '@/app/_ui/page'
import { pageNow } from '@/app/_ui/page-clock'
import { create } from '../actions'
import { AuditFields } from '../audit-fields'

export const metadata: Metadata = { title: 'New audit' }

export default async function NewAuditPage() {
  const actor = await requireActor('audit:manage')
  const [auditors, { rows }] = await Promise.all([
    possibleAuditors(actor),
    listPacks(actor, { state: ['sealed'], size: 50 }),
  ])
  const now = pageNow()
  const proposed = { from: `${now.getUTCFullYear()}-01-01`, to: now.toISOString().slice(0, 10) }
  return (
    <Page
      title="New audit"
      crumbs={[{ title: 'Audits', href: '/audits' }]}
      lead="Auditors draw samples and ask; you answer and say what is ready; they say what came of it."
      narrow
    >
      <ActionForm action={create} label="New audit" className="flex max-w-160 flex-col gap-4">
        <AuditFields auditors={auditors} packs={rows.filter((one) => !one.removedAt)} proposed={proposed} />
        <div>
          <Submit busy="Making it…">Make the audit</Submit>
        </div>
      </ActionForm>
    </Page>
  )
}
