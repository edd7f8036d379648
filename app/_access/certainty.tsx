// How sure a step is, as a word with a shape.
import { CircleCheck, CircleDashed, Eye, type LucideIcon } from 'lucide-react'
import type { StepView } from '@/governance/access/questions/views'

type Certainty = StepView['certainty']
const LOOKS: Record<Certainty, { icon: LucideIcon; word: string; means: string }> = {
  observed: { icon: Eye, word: 'Seen', means: 'It was seen happening.' },
  possible: { icon: CircleCheck, word: 'Possible', means: 'What was read lets it.' },
  depends: {
    icon: CircleDashed,
    word: 'Depends',
    means: 'It rests on a condition, or on something that was not seen.',
  },
}

export function CertaintyWord({ certainty }: { certainty: Certainty }) {
  const { icon: Icon, word, means } = LOOKS[certainty]
  return (
    <span title={means} className="inline-flex items-center gap-1 font-medium whitespace-nowrap">
      <Icon size={13} aria-hidden className="shrink-0 text-muted" />
      {word}
    </span>
  )
}
