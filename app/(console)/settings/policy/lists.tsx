'use client'
// The parts of the policy that speak of no rule: environments, emergency identities, suppliers and end tags.
import { Section } from '@/app/_ui/section'
import { Entries } from './entries'
import { LinesInput, TextInput } from './inputs'

const STARS = 'A * stands for any text; the whole name has to fit, in capitals or not.'

export function Environments() {
  return (
    <Section
      id="environments"
      title="Environments"
      lead="What tells where something belongs: its tags first, then the name of the account, project or namespace it is in. What nothing tells is unlabelled, which is a state of its own."
    >
      <div className="flex flex-col gap-6">
        <LinesInput
          path={['environments', 'tags']}
          label="Tags that name an environment"
          hint="Tags, labels and annotations, one a line. The first that is there counts."
          className="max-w-104"
        />
        <div>
          <h3 className="mb-2 font-medium">Names of environments</h3>
          <Entries
            path={['environments', 'names']}
            one="environment"
            none="No environment has other names."
            empty={{ environment: '', also: [], production: false }}
            ordered
          >
            {(path) => (
              <>
                <TextInput path={[...path, 'environment']} label="Environment" keepEmpty className="w-48" />
                <LinesInput path={[...path, 'also']} label="Also called" className="w-64" />
              </>
            )}
          </Entries>
        </div>
        <div>
          <h3 className="mb-2 font-medium">Places whose name tells</h3>
          <p className="mb-2 text-caption text-muted">{STARS} The first that fits counts.</p>
          <Entries
            path={['environments', 'places']}
            one="place"
            none="No name of a place tells anything."
            empty={{ place: '', environment: '' }}
            ordered
          >
            {(path) => (
              <>
                <TextInput path={[...path, 'place']} label="Name of the place" keepEmpty className="w-64" />
                <TextInput path={[...path, 'environment']} label="Environment" keepEmpty className="w-48" />
              </>
            )}
          </Entries>
        </div>
      </div>
    </Section>
  )
}

export function Emergencies() {
  return (
    <Section
      id="break-glass"
      title="Emergency identities"
      lead="Break-glass identities. Ordinary rules leave them out as long as they are declared here, and each use of them is told."
    >
      <p className="mb-2 text-caption text-muted">
        A name, a native id or an alias such as an ARN. {STARS} The preview says how many identities it stands
        for.
      </p>
      <Entries
        path={['breakGlass']}
        one="emergency identity"
        none="No identity is declared to be for emergencies."
        empty={{ identity: '', why: '', until: '' }}
      >
        {(path) => (
          <>
            <TextInput path={[...path, 'identity']} label="Identity" keepEmpty className="w-64 grow" />
            <TextInput path={[...path, 'why']} label="Why" keepEmpty className="w-64 grow" />
            <TextInput
              path={[...path, 'until']}
              label="Until the end of"
              type="date"
              keepEmpty
              className="w-40"
            />
          </>
        )}
      </Entries>
    </Section>
  )
}

export function Suppliers() {
  return (
    <Section
      id="suppliers"
      title="Suppliers"
      lead="Third parties and the identities that are theirs. One whose contract has ended should have no access left."
    >
      <Entries
        path={['suppliers']}
        one="supplier"
        none="No supplier is registered."
        empty={{ name: '', identities: [] }}
        ordered
      >
        {(path) => (
          <>
            <TextInput path={[...path, 'name']} label="Name" keepEmpty className="w-48" />
            <LinesInput
              path={[...path, 'identities']}
              label="Identities, one a line"
              hint={STARS}
              className="w-72 grow"
            />
            <TextInput path={[...path, 'endedOn']} label="Contract ended on" type="date" className="w-40" />
            <TextInput path={[...path, 'contact']} label="Contact" className="w-48" />
          </>
        )}
      </Entries>
    </Section>
  )
}

export function EndTags() {
  return (
    <Section
      id="end-tags"
      title="End tags"
      lead="Tags that name the day on which an identity is to end, such as expires: 2027-06-30."
    >
      <LinesInput path={['endTags']} label="Tags, one a line" className="max-w-104" />
    </Section>
  )
}

export function OwnerTags() {
  return (
    <Section
      id="owner-tags"
      title="Owner tags"
      lead="Tags that name who answers for an identity, beside those that everybody calls so, such as owner and team. They make suggestions; nobody is an owner before somebody confirms it."
    >
      <LinesInput path={['ownerTags']} label="Tags, one a line" className="max-w-104" />
    </Section>
  )
}
