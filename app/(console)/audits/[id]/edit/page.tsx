// Changes an audit, and closes it.
import type { Metadata } from 'next'
import { auditView, openOf } from '@/governance/audits/list-audits'
import { possibleAuditors } from '@/governance/audits/who-audits'
import { listPacks } from '@/governance/packs/asking/list'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { close, edit } from '../../actions'
import { AuditFields } from '../../audit-fields'

export const metadata: Metadata = { title: 'Change the audit' }

export default async function EditAuditPage({ params }: IdProps) {
  const actor = await requireActor('audit:manage')
  const { id } = await params
  const audit = await orNotFound(auditView(actor, id))
  const [auditors, { rows }] = await Promise.all([
    possibleAuditors(actor),
    listPacks(actor, { state: ['sealed'], size: 50 }),
  ])
  const shared = audit.packs.filter((one) => !rows.some((row) => row.id === one.id))
  const said = {
    ...audit,
    from: audit.from.slice(0, 10),
    to: audit.to.slice(0, 10),
    packs: audit.packs.map((one) => one.id),
  }
  const crumbs = [
    { title: 'Audits', href: '/audits' },
    { title: audit.title, href: `/audits/${id}` },
  ]
  if (audit.state === 'closed')
    return (
      <Page title="Change the audit" crumbs={crumbs} narrow>
        <Notice title="It is closed">Nothing of it changes any more.</Notice>
      </Page>
    )
  return (
    <Page title="Change the audit" crumbs={crumbs} narrow>
      <ActionForm action={edit} label="Change the audit" className="flex max-w-160 flex-col gap-4">
        <input type="hidden" name="id" value={id} />
        <AuditFields said={said} auditors={auditors} packs={[...rows, ...shared]} proposed={said} />
        <div>
          <Submit busy="Saving…">Save</Submit>
        </div>
      </ActionForm>
      <Section
        id="close"
        title="Close it"
        lead={`Nothing of it changes any more then, and nobody can open it again. ${openOf(audit.counts).toLocaleString('en')} items are open.`}
      >
        <ActionForm action={close} label="Close the audit" className="flex max-w-160 flex-col gap-3">
          <input type="hidden" name="id" value={id} />
          <TextArea name="why" label="Why" required maxLength={2000} />
          <div>
            <Submit look="danger">Close the audit</Submit>
          </div>
        </ActionForm>
      </Section>
    </Page>
  )
}
