// The directory: people and teams who can answer for identities, and files of people.
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import { listPeople, PeopleFilter, STANDINGS } from '@/governance/directory/list-people'
import { listTeams } from '@/governance/directory/list-teams'
import { provisioning } from '@/governance/directory/scim/provisioning'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { scimUrl } from '@/app/api/scim/v2/_scim/location'
import { ImportForm } from './import-form'
import { Provisioned } from './provisioned'
import { PeopleTable, STANDING_WORDS, TeamTable } from './tables'

export const metadata: Metadata = { title: 'People' }
const PATH = '/people'
const OPTIONS = STANDINGS.map((value) => ({ value, title: STANDING_WORDS[value].title }))

function chipsOf(params: Record<string, string>) {
  const { q, standing, team, source } = params
  const titles: [string, string | undefined][] = [
    ['q', q],
    ['standing', standing],
    ['team', team],
    ['source', source],
  ]
  return titles.flatMap(([name, value]) =>
    value
      ? [{ title: name === 'q' ? 'Name' : name, value, href: hrefWith(PATH, params, { [name]: undefined }) }]
      : [],
  )
}

function Teams({ teams }: { teams: Awaited<ReturnType<typeof listTeams>> }) {
  return (
    <Section
      id="teams"
      title="Teams"
      aside={teams.rows.length > 0 && <CsvLink path="/api/v1/teams" params={{}} />}
      lead={teams.more ? 'There are more than are shown here.' : undefined}
    >
      {teams.rows.length > 0 ? (
        <TeamTable rows={teams.rows} />
      ) : (
        <p className="text-muted">No source has told of a team.</p>
      )}
    </Section>
  )
}

export default async function PeoplePage({ searchParams }: SearchProps) {
  const actor = await requireActor('person:read')
  const { filter, params, problems } = readFilter(PeopleFilter, await searchParams)
  const [{ rows, next }, teams, provisioned] = await Promise.all([
    listPeople(actor, filter),
    listTeams(actor),
    provisioning(actor),
  ])
  const chips = chipsOf(params)
  return (
    <Page
      title="People"
      lead="Who can answer for identities, whether or not they sign in here, and which source says that they are there."
      actions={rows.length > 0 && <CsvLink path="/api/v1/people" params={params} />}
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={PATH} />
        <FilterForm path={PATH} label="Filter people" keep={{}}>
          <SearchBox value={params.q} label="Search people" placeholder="Name or address" />
          <FacetMenu name="standing" title="Standing" options={OPTIONS} selected={filter.standing ?? []} />
        </FilterForm>
        <Chips chips={chips} resetHref={PATH} />
      </div>
      {rows.length > 0 ? (
        <PeopleTable rows={rows} />
      ) : (
        <Empty title={chips.length ? 'Nobody is like this' : 'Nobody is in the directory'}>
          People come from members, from files, from an identity provider, and from what sources of identities
          name.
        </Empty>
      )}
      {next && (
        <div className="mt-3 flex justify-end">
          <ButtonLink href={hrefWith(PATH, params, { after: next })} rel="next">
            Next
          </ButtonLink>
        </div>
      )}
      <Teams teams={teams} />
      <Section
        id="scim"
        title="From your identity provider"
        lead="Over SCIM 2.0: who is made inactive or deleted there has left here at once. What another source says of a name or address stays."
      >
        <Provisioned state={provisioned} url={scimUrl()} mayConnect={may(actor, 'person:manage')} />
      </Section>
      {may(actor, 'person:manage') && (
        <Section
          id="import"
          title="Import people"
          lead="All of the file is taken, or nothing. Somebody it leaves out has left only where you say that it is complete."
        >
          <ImportForm />
        </Section>
      )}
    </Page>
  )
}
