// Where nothing was asked yet: questions about what is in the inventory, or what to do while nothing is.
import type { Examples } from '@/governance/access/questions/examples'
import { may, type Actor } from '@/core/permissions'
import { accessHref, type QuestionName } from '@/app/_access/address'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'

function NothingToAsk({ actor }: { actor: Actor }) {
  const manages = may(actor, 'source:manage')
  return (
    <Empty
      title="There is nobody to ask about yet"
      actions={
        manages && (
          <>
            <ButtonLink href="/sources/new" look="primary">
              Connect a source
            </ButtonLink>
            <ButtonLink href="/sources/import">Import a file</ButtonLink>
          </>
        )
      }
    >
      Questions can be asked once a source was read: identities, what they hold and who may become them.
      {!manages && ' An administrator connects sources.'}
    </Empty>
  )
}

type Props = { actor: Actor; question: QuestionName; examples: Examples }
export function ExampleQuestions({ actor, question, examples }: Props) {
  if (examples.state === 'no-identities') return <NothingToAsk actor={actor} />
  const list = examples[question]
  return (
    <div className="mt-4">
      {examples.state === 'not-analysed' && (
        <p className="mb-3 text-muted">
          Who can become whom is being worked out after the first read. Answers have gaps until then.
        </p>
      )}
      {list.length > 0 && (
        <>
          <h2 className="mb-1 text-caption font-medium text-muted">For example</h2>
          <ul className="flex flex-col gap-1">
            {list.map(({ words, asked }) => (
              <li key={words}>
                <Link
                  href={accessHref(question, asked)}
                  prefetch={false}
                  className="link inline-flex min-h-6 items-center [overflow-wrap:anywhere]"
                >
                  {words}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
