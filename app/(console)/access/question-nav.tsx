// The questions, each with its own address. Whom it is about goes along.
import { accessHref, QUESTIONS, type QuestionName } from '@/app/_access/address'
import { Link } from '@/app/_ui/link'
import { subjectOf, withSubject, type Asked } from './asked'

export const QUESTION_TITLES: Record<QuestionName, string> = {
  can: 'Can it …?',
  become: 'Who can become it?',
  reach: 'How far does it reach?',
  ways: 'By which ways?',
  cut: 'Where to cut?',
  unused: 'What is not used?',
}

export function QuestionNav({ asked }: { asked: Asked }) {
  const subject = subjectOf(asked)
  return (
    <nav aria-label="Questions" className="mb-4 border-b border-hairline print:hidden">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {QUESTIONS.map((question) => (
          <li key={question}>
            <Link
              href={accessHref(question, withSubject(question, subject))}
              prefetch={false}
              scroll={false}
              aria-current={question === asked.question ? 'page' : undefined}
              className="inline-flex h-8 items-center border-b-2 border-transparent px-2.5 text-muted hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
            >
              {QUESTION_TITLES[question]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
