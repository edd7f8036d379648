// Asks for an exception about one finding, one identity, or what a filter of the list of findings matches.
import type { Metadata } from 'next'
import type { ReactElement } from 'react'
import { FindingFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { DAYS_MAX } from '@/governance/exceptions/last-day'
import { filterToExcept, findingToExcept, identityToExcept } from '@/governance/exceptions/what-to-except'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { flatParams, listParams, readFilter, type RawParams } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { SearchProps } from '@/app/_session/route-props'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { ask } from '../actions'
import { AboutFilter, AboutIdentity } from './about'

export const metadata: Metadata = { title: 'Ask for an exception' }

/** What people decide, and where in a list one is, is no part of what an exception is about. */
const KEPT = ['q', 'rule', 'topic', 'severity', 'verdict', 'scope', 'latent', 'state']

/** Undefined where there is nothing to choose from. */
async function aboutOf(actor: Actor, raw: RawParams): Promise<ReactElement | undefined> {
  const { finding: id, identity, rule } = flatParams(raw)
  if (id) {
    const finding = await orNotFound(findingToExcept(actor, id))
    return (
      <>
        <Notice title="About">{`${ruleTitle(finding.ruleId)}: ${finding.subject.name}`}</Notice>
        <input type="hidden" name="finding" value={finding.id} />
      </>
    )
  }
  if (identity) {
    const about = await orNotFound(identityToExcept(actor, identity))
    return about.rules.length > 0 ? <AboutIdentity about={about} rule={rule} /> : undefined
  }
  const kept = Object.fromEntries(Object.entries(listParams(raw)).filter(([name]) => KEPT.includes(name)))
  // What is not understood stays in what is sent: asking for more than was meant is refused there.
  const about = await orNotFound(filterToExcept(actor, readFilter(FindingFilter, kept).params))
  return about.scopes?.rows.length === 0 ? undefined : <AboutFilter about={about} filter={kept} />
}

function AskForm({ about }: { about: ReactElement }) {
  return (
    <ActionForm action={ask} label="Ask for an exception" className="flex max-w-120 flex-col gap-4">
      {about}
      <TextArea name="reason" label="Reason" required maxLength={2000} />
      <TextArea
        name="control"
        label="What keeps the harm small meanwhile"
        hint="The compensating control."
        required
        maxLength={2000}
      />
      <TextField
        name="evidence"
        type="url"
        label="Evidence"
        hint="Where it is written down: a ticket or a decision, by https."
        required
        maxLength={2000}
      />
      <TextField
        name="until"
        type="date"
        label="Last day"
        hint={`In UTC, at most ${DAYS_MAX} days from now.`}
        required
      />
      <div>
        <Submit busy="Asking…">Ask for it</Submit>
      </div>
    </ActionForm>
  )
}

export default async function NewExceptionPage({ searchParams }: SearchProps) {
  const actor = await requireActor('exception:ask')
  const about = await aboutOf(actor, await searchParams)
  return (
    <Page
      title="Ask for an exception"
      crumbs={[{ title: 'Exceptions', href: '/exceptions' }]}
      lead="It counts once somebody else has approved it, and ends by itself. What is excepted stays open."
      narrow
    >
      {about ? (
        <AskForm about={about} />
      ) : (
        <Empty title="There is nothing to except">
          Nothing of it fails, or all that does is excepted already. Begin again from the{' '}
          <Link href="/findings" className="link">
            findings
          </Link>
          .
        </Empty>
      )}
    </Page>
  )
}
