// One source: how it is doing, what it sees, what it may ask, what it cannot tell, and its runs.
import { cache } from 'react'
import { connectors } from '@/connectors'
import { may } from '@/core/permissions'
import { connectionView } from '@/governance/connections/list-connections'
import { settingsFields } from '@/governance/connections/settings-fields'
import { scoreNow } from '@/governance/score/get-score'
import { getSource } from '@/inventory/queries/get-source'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { orNotFound } from '@/app/_session/or-not-found'
import { ScoreLine } from '@/app/_score/score-line'
import { recordPage, recordTitle } from '@/app/_session/record-page'
import type { IdProps } from '@/app/_session/route-props'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { CoverageSection } from './coverage'
import { GoesOn } from './goes-on'
import { ImportIntervalSection } from './import-interval'
import { PermissionsSection } from './permissions'
import { ReceivingSection } from './receiving'
import { RunsSection } from './runs-table'
import { ScopesSection } from './scopes'
import { SettingsSection } from './settings'
import { SourceActions } from './source-actions'
import { Standing } from './standing'

const read = cache(getSource)

export const generateMetadata = recordTitle<IdProps>('source:read', async ({ actor, at }, { params }) => {
  const { id } = await params
  return (await orNotFound(at(() => read(actor, id)))).source.name
})

export default recordPage<IdProps>('source:read', async ({ actor, moment, at }, { params }) => {
  const { id } = await params
  const detail = await orNotFound(at(() => read(actor, id)))
  const { source, completeness } = detail
  const score = may(actor, 'finding:read')
    ? await at(() => scoreNow(actor, { source: source.id }))
    : undefined
  const manifest = Object.hasOwn(connectors, source.connectorId)
    ? connectors[source.connectorId]?.manifest
    : undefined
  // Settings are not kept for the past: they hold secrets.
  const manages = !moment && may(actor, 'source:manage')
  const connection =
    manages && source.mode === 'live' ? await at(() => connectionView(actor, source.id)) : undefined
  return (
    <Page
      title={source.name}
      crumbs={[{ title: 'Sources', href: '/sources' }]}
      actions={!moment && <SourceActions actor={actor} source={source} />}
    >
      <div className="-mt-2 flex flex-col gap-2">
        <Standing source={source} />
        {score && <ScoreLine score={score} href={`/score?source=${source.id}`} />}
        <CompletenessLine completeness={completeness} />
        <GoesOn source={source} />
      </div>
      <div className="mt-6">
        <ScopesSection source={source} />
        <CoverageSection detail={detail} streams={manifest?.streams ?? {}} />
        {manifest && <PermissionsSection permissions={manifest.permissions} calls={detail.calls} />}
        {manifest && (
          <Section id="gaps" title="What this source cannot tell">
            <ul className="max-w-[80ch] list-disc pl-5 text-muted">
              {manifest.gaps.map((gap) => (
                <li key={gap} className="my-0.5">
                  {gap}
                </li>
              ))}
            </ul>
          </Section>
        )}
        <RunsSection sourceId={source.id} runs={detail.runs} />
        {connection && manifest?.receives && (
          <ReceivingSection receives={manifest.receives} source={source} />
        )}
        {connection && (
          <SettingsSection connection={connection} fields={settingsFields(source.connectorId)} />
        )}
        {manages && source.mode === 'import' && <ImportIntervalSection source={source} />}
      </div>
    </Page>
  )
})
