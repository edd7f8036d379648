// What an exception is asked for: said by the address of the page, and where it leaves something open, chosen here.
import type { FilterToExcept, IdentityToExcept } from '@/governance/exceptions/what-to-except'
import { SelectField } from '@/app/_form/field'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { count } from '@/app/_inventory/words'
import { Notice } from '@/app/_ui/notice'

const findings = (n: number) => count(n, 'finding')

export function AboutIdentity({ about, rule }: { about: IdentityToExcept; rule?: string }) {
  const options = about.rules.map(({ ruleId, count: n }) => ({
    value: ruleId,
    title: `${ruleTitle(ruleId)} (${findings(n)})`,
  }))
  return (
    <>
      <Notice title="About">{about.name}</Notice>
      <input type="hidden" name="identity" value={about.id} />
      <SelectField
        name="rules"
        label="Rule"
        hint="Of those that fail for it or for its credentials. What the rule says of them later is excepted too."
        options={[{ value: '', title: 'Choose a rule' }, ...options]}
        defaultValue={options.some(({ value }) => value === rule) ? rule : ''}
        required
      />
    </>
  )
}

function Where({ scopes: { rows, more } }: { scopes: NonNullable<FilterToExcept['scopes']> }) {
  const options = rows.map(({ id, name, nativeId, count: n }) => ({
    value: id,
    title: `${name}${name === nativeId ? '' : `, ${nativeId}`} (${findings(n)})`,
  }))
  const rest = `Only the ${rows.length} scopes with the most findings are listed: for another, begin from the list of findings, filtered by it.`
  return (
    <SelectField
      name="scope"
      label="Where"
      hint={`What the rule says there later is excepted too. ${more ? rest : ''}`}
      options={[
        { value: '', title: 'Choose where' },
        ...options,
        { value: 'any', title: 'In every scope, those that come later too' },
      ]}
      required
    />
  )
}

type Props = { about: FilterToExcept; filter: Record<string, string> }
export function AboutFilter({ about: { rules, words, scopes }, filter }: Props) {
  return (
    <>
      <Notice title="About">
        {rules.map(ruleTitle).join(', ') || 'No rule is chosen'}
        {words && `; ${words}`}
      </Notice>
      <input type="hidden" name="filter" value={JSON.stringify(filter)} />
      {scopes && <Where scopes={scopes} />}
    </>
  )
}
