// A new pack: what it is asked stands in the address, and below it what it would hold.
import type { Metadata } from 'next'
import { RollcallError } from '@/core/errors'
import { may, type Actor } from '@/core/permissions'
import { scopeNames } from '@/governance/campaigns/population'
import type { PackInput } from '@/governance/packs/asking/input'
import { previewPack, type Preview } from '@/governance/packs/asking/preview'
import { CONTENTS } from '@/governance/packs/makers'
import { FilterNotice } from '@/app/_list/filter-notice'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { askedPack, inputOf } from './asked'
import { BeginWith } from './begin-with'
import { PreviewOf } from './preview'
import { Question } from './question'

export const metadata: Metadata = { title: 'New pack' }

async function orRefused(actor: Actor, input: PackInput): Promise<Preview | { refused: RollcallError }> {
  try {
    return await previewPack(actor, input)
  } catch (error) {
    if (error instanceof RollcallError && error.code !== 'bug') return { refused: error }
    throw error
  }
}

export default async function NewPackPage({ searchParams }: SearchProps) {
  const actor = await requireActor('evidence:build')
  const asked = askedPack(await searchParams)
  const question = inputOf(asked)
  const [scopes, preview] = await Promise.all([
    scopeNames(actor, asked.filter),
    asked.isAsked ? orRefused(actor, question) : undefined,
  ])
  const contents = CONTENTS.filter(({ needs }) => needs === undefined || may(actor, needs))
  return (
    <Page
      title="New pack"
      crumbs={[{ title: 'Evidence', href: '/evidence' }]}
      lead="Look what it would hold before it is built. Nothing is written until you say so."
    >
      <div className="mb-3">
        <FilterNotice problems={asked.problems} resetHref="/evidence/new" />
      </div>
      <BeginWith ready={asked.ready} />
      <Question key={JSON.stringify(asked)} asked={asked} scopes={scopes} contents={contents} />
      <div className="mt-8">
        {preview && 'refused' in preview && (
          <Notice tone="danger" role="alert" title="This cannot be asked">
            {preview.refused.message}
          </Notice>
        )}
        {preview && 'files' in preview && <PreviewOf preview={preview} question={question} />}
      </div>
    </Page>
  )
}
