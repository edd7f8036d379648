// Importing a file: the command that makes it, the file, the date it is as of. Nothing is saved before it was shown.
import type { Metadata } from 'next'
import { connectors } from '@/connectors'
import { flatParams } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { CopyText } from '@/app/_ui/copy-text'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { UploadForm } from './upload-form'

export const metadata: Metadata = { title: 'Import a file' }

export default async function ImportPage({ searchParams }: SearchProps) {
  await requireActor('source:import')
  const { problem } = flatParams(await searchParams)
  const formats = Object.values(connectors).flatMap(({ manifest }) =>
    manifest.imports.map((format) => ({ ...format, connectorId: manifest.id, source: manifest.title })),
  )
  return (
    <Page
      title="Import a file"
      crumbs={[{ title: 'Sources', href: '/sources' }]}
      lead="You see what was understood, ignored and left out before anything is saved. Fields that may hold a secret are left out unread."
    >
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,30rem)_minmax(0,1fr)] [&>*]:min-w-0 [&>section]:mt-0">
        <div className="flex flex-col gap-4 self-start">
          {problem && (
            <Notice tone="danger" role="alert" title="The file was not imported. Nothing was saved.">
              Check that it is what you chose, that it is whole and that it is not too large, then send it
              again.
            </Notice>
          )}
          <UploadForm
            formats={formats.map(({ id, connectorId, source, title, endings }) => ({
              value: `${connectorId}/${id}`,
              title: `${source} · ${title}`,
              endings: [...endings],
            }))}
          />
        </div>
        <Section
          id="commands"
          title="How to get a file"
          lead="Run one of these where you are signed in. Rollcall needs no access for it."
        >
          <ul className="flex flex-col gap-4">
            {formats.map((format) => (
              <li key={format.connectorId + format.id}>
                <h3 className="mb-1 text-ui">
                  {format.source} · {format.title}
                </h3>
                <CopyText text={format.command} what={`command for ${format.title}`} />
              </li>
            ))}
          </ul>
        </Section>
      </div>
    </Page>
  )
}
