'use client'
// Who is asked, step by step: the first that there is. The address of a person is asked for only where a person is meant.
import { PersonField } from '@/app/_form/person-field'
import { SelectField } from '@/app/_form/field'

export type StepValue = { by: string; person?: string }
const ORDER = ['First ask', 'Else', 'Else', 'Else', 'Else']
const KINDS = [
  { value: '', title: 'Nobody' },
  { value: 'owner', title: 'The owner' },
  { value: 'team-lead', title: 'The lead of the team' },
  { value: 'person', title: 'A named person' },
]

export function ChainFields({ steps }: { steps: StepValue[] }) {
  return (
    <ol className="flex flex-col gap-3">
      {steps.map((step, at) => (
        <li key={at} className="group flex flex-wrap items-start gap-3">
          <SelectField
            name={`chain.${at}.by`}
            label={`${at + 1}. ${ORDER[at] ?? 'Else'}`}
            options={KINDS}
            defaultValue={step.by}
            className="w-52"
          />
          <PersonField
            name={`chain.${at}.person`}
            label={`Who, as step ${at + 1}`}
            optional={false}
            defaultValue={step.person}
            className="hidden w-64 group-has-[option[value=person]:checked]:flex"
          />
        </li>
      ))}
    </ol>
  )
}
