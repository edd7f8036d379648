// The controls that no rule speaks to: listed, so that what is not judged is not taken for what is fine.
import type { ControlRow } from '@/governance/frameworks/get-framework'
import { count } from '@/app/_inventory/words'
import { Section } from '@/app/_ui/section'
import { ControlWords } from './control-cell'

export function Unspoken({ rows }: { rows: ControlRow[] }) {
  if (!rows.length) return null
  return (
    <Section
      id="no-rule"
      title="No rule speaks to it"
      aside={count(rows.length, 'control')}
      lead="Rollcall has nothing to say about these. Evidence for them comes from elsewhere."
    >
      <ul className="columns-1 gap-8 lg:columns-2">
        {rows.map((row) => (
          <li key={row.id} id={row.id} className="mb-2 break-inside-avoid scroll-mt-28">
            <ControlWords row={row} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
