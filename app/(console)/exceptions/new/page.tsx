// Asks for an exception about one finding, one identity, or what a filter of the list of findings matches.
import type { Metadata } from 'next'
import { FindingFilter } from '@/core/list'
import { findingToExcept } from '@/governance/exceptions/finding-to-except'
import { DAYS_MAX } from '@/governance/exceptions/last-day'
import { rulesOfTopics } from '@/governance/triage/rules-of-topics'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { flatParams, listParams, readFilter } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { SearchProps } from '@/app/_session/route-props'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { ask } from '../actions'

export const metadata: Metadata = { title: 'Ask for an exception' }

/** What people decide, and where in a list one is, is no part of what an exception is about. */
const KEPT = ['q', 'rule', 'topic', 'severity', 'verdict', 'scope', 'latent', 'state']

type About = { finding?: string; filter?: string; words: string }

export default async function NewExceptionPage({ searchParams }: SearchProps) {
  const actor = await requireActor('exception:ask')
  const raw = await searchParams
  const { finding: id } = flatParams(raw)
  const kept = Object.entries(listParams(raw)).filter(([name]) => KEPT.includes(name))
  const about = async (): Promise<About> => {
    if (id) {
      const finding = await orNotFound(findingToExcept(actor, id))
      return { finding: finding.id, words: `${ruleTitle(finding.ruleId)}: ${finding.subject.name}` }
    }
    const { filter } = readFilter(FindingFilter, Object.fromEntries(kept))
    const rules = rulesOfTopics(filter).rule ?? []
    const rest = kept.filter(([name]) => name !== 'rule' && name !== 'topic')
    const by = rest.map(([name, text]) => `${name} ${text}`).join(', ')
    const words = `${rules.map(ruleTitle).join(', ') || 'No rule is chosen'}${by && `; ${by}`}`
    return { filter: JSON.stringify(Object.fromEntries(kept)), words }
  }
  const { finding = '', filter = '', words } = await about()
  return (
    <Page
      title="Ask for an exception"
      crumbs={[{ title: 'Exceptions', href: '/exceptions' }]}
      lead="It counts once somebody else has approved it, and ends by itself. What is excepted stays open."
      narrow
    >
      <ActionForm action={ask} label="Ask for an exception" className="flex max-w-120 flex-col gap-4">
        <Notice title="About">{words}</Notice>
        <input type="hidden" name="finding" value={finding} />
        <input type="hidden" name="filter" value={filter} />
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
    </Page>
  )
}
