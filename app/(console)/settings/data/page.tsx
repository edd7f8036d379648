// How long the past can be asked about, and what that costs.
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { historyView, type HistorySize } from '@/governance/settings/history-view'
import { RETENTION_DAYS } from '@/governance/settings/set-retention'
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { requireActor } from '@/app/_session/actor'
import { absolute, Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { keepHistory } from './actions'

export const metadata: Metadata = { title: 'History' }
const MEGABYTE = 1024 * 1024
const size = (bytes: number) => `${Math.round(bytes / MEGABYTE).toLocaleString('en')} MB`

function Costs({ view: { begins, versions, bytes, lastCompaction } }: { view: HistorySize }) {
  const facts: [string, ReactNode][] = [
    ['Earliest instant', begins ? absolute(begins) : 'Nothing has been looked at yet'],
    ['Earlier versions held', `about ${versions.toLocaleString('en')}`],
    ['Room they take', size(bytes)],
    [
      'Last compaction',
      lastCompaction ? (
        <>
          <Moment at={lastCompaction.at} full />: {lastCompaction.versions.toLocaleString('en')} versions let
          go
        </>
      ) : (
        'None yet; it runs once a day'
      ),
    ],
  ]
  return (
    <dl className="grid gap-x-6 sm:grid-cols-[12rem_1fr] sm:gap-y-2">
      {facts.map(([title, value]) => (
        <div key={title} className="contents">
          <dt className="text-muted">{title}</dt>
          <dd className="tabular max-sm:mb-3">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

export default async function HistoryPage() {
  const actor = await requireActor('setting:manage')
  const view = await historyView(actor)
  return (
    <Page
      title="History"
      crumbs={[{ title: 'Settings', href: '/settings/appearance' }]}
      lead="Every change keeps the version before it, so that any earlier moment can be asked about again with the same answer."
      narrow
    >
      <Costs view={view} />
      <Section
        id="keep"
        title="How long it is kept"
        lead="Versions that ended earlier are let go of once a day, with runs of that time. Questions about earlier moments are then refused. Keeping history for longer later does not bring back what is gone."
      >
        <ActionForm
          action={keepHistory}
          label="How long history is kept"
          className="flex max-w-104 flex-col gap-4"
        >
          <TextField
            name="days"
            label="Days"
            type="number"
            inputMode="numeric"
            min={RETENTION_DAYS.min}
            max={RETENTION_DAYS.max}
            step={1}
            required
            defaultValue={String(view.days)}
            hint={`From ${RETENTION_DAYS.min} to ${RETENTION_DAYS.max}. A year of audits fits in ${RETENTION_DAYS.default}.`}
          />
          <div>
            <Submit busy="Saving…">Save</Submit>
          </div>
        </ActionForm>
      </Section>
    </Page>
  )
}
