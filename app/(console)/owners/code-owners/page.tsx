// CODEOWNERS files of repositories: which are held, bringing another, taking one away.
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import {
  CodeOwnersFilter,
  listCodeOwners,
  type CodeOwnersView,
} from '@/governance/owners/code-owners/list-code-owners'
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { DataTable, type Column } from '@/app/_list/data-table'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { bring, remove } from './actions'

export const metadata: Metadata = { title: 'CODEOWNERS files' }
const PATH = '/owners/code-owners'

const broken = 'block min-w-24 [overflow-wrap:anywhere] whitespace-normal'
const COLUMNS: Column<CodeOwnersView>[] = [
  {
    key: 'repository',
    title: 'Repository',
    cell: (row) => <span className={`${broken} font-medium`}>{row.repository}</span>,
  },
  { key: 'ref', title: 'From', cell: (row) => <span className={broken}>{row.ref}</span> },
  { key: 'rules', title: 'Rules', numeric: true, cell: (row) => row.rules.toLocaleString('en') },
  { key: 'notRead', title: 'Lines not read', numeric: true, cell: (row) => row.notRead.toLocaleString('en') },
  {
    key: 'at',
    title: 'Brought',
    cell: (row) => (
      <>
        <Moment at={row.at} />
        <span className="block text-caption text-muted">by {row.author}</span>
      </>
    ),
  },
]
const REMOVING: Column<CodeOwnersView> = {
  key: 'remove',
  title: 'Take away',
  cell: ({ repository }) => (
    <Submit name="repository" value={repository} look="plain" className="h-7 px-2" busy="Taking away…">
      Take away <span className="sr-only">the file of {repository}</span>
    </Submit>
  ),
}

function Bring() {
  return (
    <Section
      id="bring"
      title="Bring a file"
      lead="Who owns the files that decide what runs in a repository may answer for what its runs act as. It is suggested, never taken as confirmed. A file that is brought again takes the place of the one before."
    >
      <ActionForm action={bring} label="Bring a CODEOWNERS file" className="flex max-w-160 flex-col gap-3">
        <TextField
          name="repository"
          label="Repository"
          hint="Its owner and its name, as tokens of its runs have it: acme/app."
          required
          maxLength={300}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField
          name="file"
          label="CODEOWNERS file"
          type="file"
          required
          hint="As it is in the repository."
        />
        <TextField
          name="ref"
          label="Where it is from"
          hint="The commit, branch or tag: it is told with every owner the file suggests."
          required
          maxLength={200}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <div>
          <Submit busy="Reading…">Bring this file</Submit>
        </div>
      </ActionForm>
    </Section>
  )
}

export default async function CodeOwnersPage({ searchParams }: SearchProps) {
  const actor = await requireActor('person:read')
  const { filter, params, problems } = readFilter(CodeOwnersFilter, await searchParams)
  const { rows, next } = await listCodeOwners(actor, filter)
  const mayBring = may(actor, 'owner:assign')
  return (
    <Page
      title="CODEOWNERS files"
      crumbs={[{ title: 'Owners', href: '/owners' }]}
      lead="Repositories whose files suggest who answers for the identities that their runs act as. They are not fetched: what a repository says now may differ from what was brought."
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={PATH} />
        <FilterForm path={PATH} label="Filter repositories" keep={{}}>
          <SearchBox value={params.q} label="Search repositories" placeholder="Part of a name" />
        </FilterForm>
      </div>
      {rows.length ? (
        <ActionForm action={remove} label="Files that are held" quiet>
          <DataTable
            caption="Repositories"
            columns={mayBring ? [...COLUMNS, REMOVING] : COLUMNS}
            rows={rows}
            rowKey={({ repository }) => repository}
          />
        </ActionForm>
      ) : (
        <Empty title={filter.q ? 'No repository is called so' : 'No file was brought'}>
          Bring one here, by `rollcall owners code-owners bring`, or from a pipeline with the API.
        </Empty>
      )}
      {next && (
        <div className="mt-3 flex justify-end">
          <ButtonLink href={hrefWith(PATH, params, { after: next })} rel="next">
            Next
          </ButtonLink>
        </div>
      )}
      {mayBring && <Bring />}
    </Page>
  )
}
