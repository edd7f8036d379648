// Asks for something in words.
import type { Metadata } from 'next'
import { auditView } from '@/governance/audits/list-audits'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { Page } from '@/app/_ui/page'
import { ask } from '../../actions'

export const metadata: Metadata = { title: 'Ask' }

export default async function AskPage({ params }: IdProps) {
  const actor = await requireActor('audit:examine')
  const { id } = await params
  const { title, createdBy } = await orNotFound(auditView(actor, id))
  return (
    <Page
      title="Ask"
      crumbs={[
        { title: 'Audits', href: '/audits' },
        { title, href: `/audits/${id}` },
      ]}
      lead={`${createdBy} is told, and answers in place. You say afterwards what came of it.`}
      narrow
    >
      <ActionForm action={ask} label="Ask" className="flex max-w-120 flex-col gap-4">
        <input type="hidden" name="audit" value={id} />
        <TextField name="title" label="In one line" required maxLength={200} autoComplete="off" />
        <TextArea name="question" label="What you ask for" rows={6} required maxLength={10_000} />
        <TextField name="due" type="date" label="Wanted by" hint="The last day, in UTC." />
        <div>
          <Submit busy="Asking…">Ask</Submit>
        </div>
      </ActionForm>
    </Page>
  )
}
