// What the question of reach begins with, and how much it comes to.
import type { ReachAnswer } from '@/governance/access/questions/reach'
import { countWords, ThingName } from '@/app/_access/thing'
import { capital } from '@/app/_inventory/words'
import { CsvLink } from '@/app/_list/csv-link'
import { AnswerHead } from './answer-head'
import type { Fields } from './asked'
import { DrawLink } from './draw-link'
import { rowId } from './things-table'

/** Starts that are told: the answer names no more. */
const STARTS_MAX = 20

/** Whether what was asked about is one thing itself, and not whoever has it or all that belongs to it. */
const isItself = ({ words, nodes }: ReachAnswer['from'], asked: string | undefined): boolean =>
  nodes.length === 1 && (words === asked?.trim() || words === nodes[0]?.end?.name)

function Starts({ nodes }: Pick<ReachAnswer['from'], 'nodes'>) {
  if (!nodes.length) return null
  return (
    <div className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <span className="text-muted">{nodes.length >= STARTS_MAX ? 'That is, among others:' : 'That is:'}</span>
      <ul aria-label="Begins with" className="contents">
        {nodes.map((node) => (
          <li key={node.id} id={rowId(node.id)} className="rounded-sm target:bg-selected">
            <ThingName thing={node} />
          </li>
        ))}
      </ul>
    </div>
  )
}

type Props = { answer: ReachAnswer; fields: Fields; nothing: boolean }
export function ReachHead({ answer, fields, nothing }: Props) {
  const { from, counts } = answer
  const { view: _, ...params } = fields
  const [one] = from.nodes
  const itself = isItself(from, fields.from)
  return (
    <>
      <AnswerHead
        title={
          <>
            {itself && one ? (
              <span id={rowId(one.id)} className="rounded-sm target:bg-selected">
                <ThingName thing={one} />
              </span>
            ) : (
              capital(from.words)
            )}{' '}
            {nothing ? 'reaches nothing that is known' : 'reaches'}
          </>
        }
        note={countWords(counts) || undefined}
        actions={
          !nothing && (
            <>
              <DrawLink question="reach" fields={fields} />
              <CsvLink path="/api/v1/access/reach" params={params} />
            </>
          )
        }
      />
      {!itself && <Starts nodes={from.nodes} />}
    </>
  )
}
