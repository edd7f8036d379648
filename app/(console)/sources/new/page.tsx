// Connecting a source: choose it, see exactly what it will be asked, test, save.
import type { Metadata } from 'next'
import { Link } from '@/app/_ui/link'
import { connectors } from '@/connectors'
import { settingsFields } from '@/governance/connections/settings-fields'
import { flatParams } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { CopyText } from '@/app/_ui/copy-text'
import { Page } from '@/app/_ui/page'
import { Panel, Section } from '@/app/_ui/section'
import { ConnectForm } from './connect-form'

export const metadata: Metadata = { title: 'Connect a source' }
const CRUMBS = [{ title: 'Sources', href: '/sources' }]

function Choice() {
  return (
    <Page
      title="Connect a source"
      crumbs={CRUMBS}
      lead="Every source is read only, and only metadata: values of secrets are never asked for."
    >
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {Object.values(connectors).map(({ manifest }) => (
          <li key={manifest.id}>
            <Panel className="relative flex h-full flex-col gap-1 p-4 hover:bg-hover">
              <h2 className="text-section">
                <Link
                  href={manifest.importOnly ? '/sources/import' : `/sources/new?connector=${manifest.id}`}
                  data-row-link
                  prefetch={false}
                  className="after:absolute after:inset-0"
                >
                  {manifest.title}
                </Link>
              </h2>
              <p className="text-muted">{manifest.summary}</p>
            </Panel>
          </li>
        ))}
      </ul>
    </Page>
  )
}

type Manifest = (typeof connectors)[string]['manifest']

function Permissions({ manifest }: { manifest: Manifest }) {
  return (
    <Section
      id="permissions"
      title="What it will ask for"
      lead="Nothing else. What each permission gives is unknown without it; everything else still works."
    >
      <ul className="divide-y divide-hairline rounded-lg border border-hairline">
        {manifest.permissions.map((permission) => (
          <li key={permission.name} className="flex flex-wrap gap-x-4 gap-y-0.5 px-3 py-1.5">
            <code className="w-80 font-mono text-caption [overflow-wrap:anywhere]">{permission.name}</code>
            <span className="min-w-48 flex-1 text-muted">
              {permission.gives}
              {permission.optional && ' (optional)'}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export default async function NewSourcePage({ searchParams }: SearchProps) {
  await requireActor('source:manage')
  const { connector } = flatParams(await searchParams)
  const manifest =
    connector && Object.hasOwn(connectors, connector) ? connectors[connector]?.manifest : undefined
  if (!manifest || manifest.importOnly) return <Choice />
  return (
    <Page
      title={`Connect ${manifest.title}`}
      crumbs={[...CRUMBS, { title: 'Connect a source', href: '/sources/new' }]}
      lead={manifest.summary}
    >
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,30rem)_minmax(0,1fr)] [&>*]:min-w-0">
        <ConnectForm connectorId={manifest.id} title={manifest.title} fields={settingsFields(manifest.id)} />
        <div>
          {manifest.setup({}).map((document, i) => (
            <Section key={document.title} id={`setup-${i}`} title={document.title}>
              <CopyText text={document.text} what={document.title} />
            </Section>
          ))}
          <Permissions manifest={manifest} />
          <Section id="gaps" title="What this source cannot tell">
            <ul className="list-disc pl-5 text-muted">
              {manifest.gaps.map((gap) => (
                <li key={gap} className="my-0.5">
                  {gap}
                </li>
              ))}
            </ul>
          </Section>
        </div>
      </div>
    </Page>
  )
}
