// The OWNERS file that counts, where it is from, how what stands differs from it, and applying another.
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import { ownersFileView, type FileVersion } from '@/governance/owners/file/read-file'
import { DataTable, type Column } from '@/app/_list/data-table'
import { requireActor } from '@/app/_session/actor'
import { CopyText } from '@/app/_ui/copy-text'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { FileForm } from './file-form'

export const metadata: Metadata = { title: 'OWNERS file' }

const EXAMPLE = `version: 1
owners:
  - match: { name: "*", scope: production }
    team: Platform
  - match: { name: "payments-*", label: { app: payments } }
    person: ann@example.com
    team: Payments
    backup: bo@example.com
`

const COLUMNS: Column<FileVersion>[] = [
  { key: 'version', title: 'Version', numeric: true, cell: (row) => row.version },
  {
    key: 'ref',
    title: 'From',
    cell: (row) => (
      <span className="block min-w-24 [overflow-wrap:anywhere] whitespace-normal">{row.ref}</span>
    ),
  },
  { key: 'at', title: 'Applied', cell: (row) => <Moment at={row.at} /> },
  { key: 'author', title: 'By', cell: (row) => row.author },
  { key: 'entries', title: 'Entries', numeric: true, cell: (row) => row.entries.toLocaleString('en') },
  {
    key: 'identities',
    title: 'Identities',
    numeric: true,
    cell: (row) => row.identities.toLocaleString('en'),
  },
  {
    key: 'hash',
    title: 'SHA-256',
    cell: (row) => (
      <code className="font-mono text-caption" title={row.hash}>
        {row.hash.slice(0, 12)}…
      </code>
    ),
  },
]

export default async function OwnersFilePage() {
  const actor = await requireActor('person:read')
  const { current, past } = await ownersFileView(actor)
  return (
    <Page
      title="OWNERS file"
      crumbs={[{ title: 'Owners', href: '/owners' }]}
      lead="Who answers, kept with code. It names owners where nobody has confirmed anybody; where somebody has, both are shown and nothing is taken away."
    >
      {current ? (
        <>
          <p className="mb-3 text-ui">
            Version {current.version} counts, from {current.ref}. It was matched when it was applied,{' '}
            <Moment at={current.at} />: what was seen since is not in it yet.{' '}
            {current.drift > 0 ? (
              <Link href="/owners?file=drift&class=any" className="link">
                {current.drift.toLocaleString('en')} of {current.identities.toLocaleString('en')} identities
                stand otherwise.
              </Link>
            ) : (
              <>All {current.identities.toLocaleString('en')} that it speaks of stand as it says.</>
            )}
          </p>
          <DataTable caption="Versions" columns={COLUMNS} rows={past} rowKey={(row) => String(row.version)} />
          <details className="mt-3">
            <summary className="cursor-pointer font-medium select-none">What it says</summary>
            <div className="mt-2">
              <CopyText text={current.text} what="OWNERS file" />
            </div>
          </details>
        </>
      ) : (
        <Empty title="No OWNERS file was applied">
          Apply one here, by `rollcall owners apply`, or from a pipeline with the API.
        </Empty>
      )}
      {may(actor, 'owner:assign') && (
        <Section
          id="apply"
          title="Apply a file"
          lead="The last entry that matches counts. You see what it changes before anything is changed; all of it is one act that can be undone."
        >
          <FileForm />
          <details className="mt-3 max-w-160">
            <summary className="cursor-pointer font-medium select-none">An example</summary>
            <div className="mt-2">
              <CopyText text={EXAMPLE} what="Example of an OWNERS file" />
            </div>
          </details>
        </Section>
      )}
    </Page>
  )
}
