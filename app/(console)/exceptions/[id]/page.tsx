// One exception: what it is about, why, until when, who asked and who decided; and deciding about it.
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { may, type Actor } from '@/core/permissions'
import { exceptionView, type ExceptionView } from '@/governance/exceptions/list-exceptions'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { hrefWith } from '@/app/_list/query'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { decide, end, withdraw } from '../actions'
import { ExceptionWord } from '../state'

export const metadata: Metadata = { title: 'Exception' }

const findingsHref = (row: ExceptionView): string => {
  if (row.finding) return `/findings/${row.finding}`
  const rule = row.rules.join(',')
  return hrefWith('/findings', {}, row.identity ? { q: row.identity, rule } : { ...row.filter, rule })
}

function Facts({ rows }: { rows: [string, ReactNode][] }) {
  return (
    <dl className="grid max-w-[90ch] grid-cols-[10rem_1fr] gap-x-4 gap-y-2 max-sm:grid-cols-1">
      {rows.map(([title, value]) => (
        <div key={title} className="contents">
          <dt className="text-muted">{title}</dt>
          <dd className="[overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Who said what, in the order in which it was said. */
function History({ row }: { row: ExceptionView }) {
  const said: [string, ReactNode][] = [
    [
      'Asked',
      <>
        {row.requester.name}, <Moment at={row.askedAt} full />
      </>,
    ],
  ]
  if (row.decidedAt)
    said.push([
      row.state === 'refused' ? 'Refused' : 'Approved',
      <>
        {row.decider?.name}, <Moment at={row.decidedAt} full />
        {row.decisionNote && <span className="block text-muted">{row.decisionNote}</span>}
      </>,
    ])
  if (row.endedAt)
    said.push([
      row.state === 'withdrawn' ? 'Withdrawn' : 'Ended',
      <>
        {row.endedBy}, <Moment at={row.endedAt} full />
        {row.endedWhy && <span className="block text-muted">{row.endedWhy}</span>}
      </>,
    ])
  return <Facts rows={said} />
}

function Decide({ row, actor }: { row: ExceptionView; actor: Actor }) {
  if (row.state === 'asked' && row.requester.id === actor.id)
    return (
      <Section id="decide" title="Decision" lead="You asked for it: somebody else has to decide.">
        <ActionForm action={withdraw} label="Withdraw the exception">
          <input type="hidden" name="id" value={row.id} />
          <Submit look="plain">Withdraw</Submit>
        </ActionForm>
      </Section>
    )
  if (!may(actor, 'exception:decide')) return null
  if (row.state === 'asked')
    return (
      <Section
        id="decide"
        title="Decision"
        lead={`Asked for by ${row.requester.name}. Refusing needs a note.`}
      >
        <ActionForm action={decide} label="Decide" className="flex max-w-120 flex-col gap-3">
          <input type="hidden" name="id" value={row.id} />
          <TextArea name="note" label="Note" maxLength={2000} />
          <div className="flex gap-2">
            <Submit name="decision" value="approve">
              Approve
            </Submit>
            <Submit name="decision" value="refuse" look="danger">
              Refuse
            </Submit>
          </div>
        </ActionForm>
      </Section>
    )
  if (row.state !== 'approved') return null
  return (
    <Section id="end" title="End it before its last day">
      <ActionForm action={end} label="End the exception" className="flex max-w-120 flex-col gap-3">
        <input type="hidden" name="id" value={row.id} />
        <TextArea name="why" label="Why" required maxLength={2000} />
        <div>
          <Submit look="danger">End exception</Submit>
        </div>
      </ActionForm>
    </Section>
  )
}

export default async function ExceptionPage({ params }: IdProps) {
  const actor = await requireActor('exception:read')
  const { id } = await params
  const row = await orNotFound(exceptionView(actor, id))
  return (
    <Page
      title={row.rules.map(ruleTitle).join(', ')}
      crumbs={[{ title: 'Exceptions', href: '/exceptions' }]}
      aside={<ExceptionWord state={row.state} />}
    >
      <Facts
        rows={[
          [
            'About',
            <Link key="about" href={findingsHref(row)} className="link">
              {row.about}
            </Link>,
          ],
          [
            'Open findings',
            `${row.covers.toLocaleString('en')} now, ${row.covered.toLocaleString('en')} when it was asked for`,
          ],
          ['Reason', row.reason],
          ['Meanwhile', row.control],
          [
            'Evidence',
            <a key="evidence" href={row.evidence} rel="noreferrer noopener" target="_blank" className="link">
              {row.evidence}
            </a>,
          ],
          ['Until', <Moment key="until" at={row.until} full />],
        ]}
      />
      <Section id="history" title="Who said what">
        <History row={row} />
      </Section>
      <Decide row={row} actor={actor} />
    </Page>
  )
}
