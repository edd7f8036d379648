// The answer itself, large, as a word with a shape; what was asked stands beside it.
import { CircleCheck, CircleQuestionMark, CircleX, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export type Verdict = 'yes' | 'no' | 'depends'
const LOOKS: Record<Verdict, { icon: LucideIcon; word: string }> = {
  yes: { icon: CircleCheck, word: 'Yes' },
  no: { icon: CircleX, word: 'No' },
  depends: { icon: CircleQuestionMark, word: 'Depends' },
}
export const verdictWord = (verdict: Verdict): string => LOOKS[verdict].word

type Props = {
  verdict?: Verdict
  title: ReactNode
  /** Counts, and what was left out. */
  note?: ReactNode
  actions?: ReactNode
}
export function AnswerHead({ verdict, title, note, actions }: Props) {
  const look = verdict && LOOKS[verdict]
  return (
    <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="min-w-0">
        {look && (
          <p className="flex items-center gap-2 text-verdict font-semibold" data-verdict={verdict}>
            <look.icon size={26} aria-hidden className="shrink-0" />
            {look.word}
          </p>
        )}
        <h2 className="text-section font-medium [overflow-wrap:anywhere]">{title}</h2>
        {note && <p className="mt-0.5 text-muted">{note}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2 print:hidden">{actions}</div>}
    </div>
  )
}
