// Shows the answer as a drawing as well, or without it. The table stays either way.
import { Table2, Waypoints } from 'lucide-react'
import { accessHref, type QuestionName } from '@/app/_access/address'
import { ButtonLink } from '@/app/_ui/button'
import type { Fields } from './asked'

export function DrawLink({ question, fields }: { question: QuestionName; fields: Fields }) {
  const drawn = fields.view === 'graph'
  const Icon = drawn ? Table2 : Waypoints
  return (
    <ButtonLink
      href={accessHref(question, { ...fields, view: drawn ? undefined : 'graph' })}
      prefetch={false}
      scroll={false}
    >
      <Icon size={14} aria-hidden /> {drawn ? 'Without the graph' : 'Draw as a graph'}
    </ButtonLink>
  )
}
