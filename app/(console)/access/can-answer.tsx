// "Can it do this to that?": the verdict, the statements that decide it in order, and what was not known.
import type { CanAnswer } from '@/governance/access/questions/can'
import { accessHref } from '@/app/_access/address'
import { Because, NotKnown, stated } from '@/app/_access/reasons'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { AnswerHead, verdictWord } from './answer-head'

const MODALS = { yes: 'can', no: 'cannot', depends: 'may be able to' } as const

export const canOutcome = ({ answer }: CanAnswer): string => `Answered: ${verdictWord(answer)}.`

export function CanView({ answer: told }: { answer: CanAnswer }) {
  const { answer, because, missing = [], identity, question } = told
  return (
    <section aria-label="Answer" className="mt-5">
      <AnswerHead
        verdict={answer}
        title={
          <>
            <Link href={`/identities/${identity.id}`} className="link">
              {identity.name}
            </Link>{' '}
            in {identity.scope.name} {MODALS[answer]} do <code className="font-mono">{question.action}</code>{' '}
            on <code className="font-mono">{question.resource}</code>
            {question.place !== undefined && (
              <>
                {' '}
                in <code className="font-mono">{question.place}</code>
              </>
            )}
            .
          </>
        }
      />
      <div className="flex flex-col gap-3">
        <Because reasons={stated({ because, missing })} />
        <NotKnown missing={missing} />
        {!because.length && !missing.length && <p className="text-muted">No statement speaks of it.</p>}
      </div>
      <p className="mt-3 text-muted">
        Judged over everything it holds itself. What it could do as another is told by{' '}
        <Link href={accessHref('reach', { from: identity.id })} prefetch={false} className="link">
          how far it reaches
        </Link>
        .
      </p>
      <footer className="mt-4 flex flex-col gap-1 border-t border-hairline pt-3">
        <CompletenessLine completeness={told.completeness} />
        <p className="text-caption text-muted">
          Analysed <Moment at={told.at} full />, from what is held now.
        </p>
      </footer>
    </section>
  )
}
