// What could take the place of a lasting credential: each way with its files, what has to be filled in, and the steps to its end.
import type { ReplacementAnswer } from '@/governance/access/replacement/replacement-of'
import { CopyText } from '@/app/_ui/copy-text'
import { Section } from '@/app/_ui/section'

type Way = ReplacementAnswer['ways'][number]

function Notes({ notes }: { notes: readonly string[] }) {
  return (
    <ul className="list-disc pl-5 text-muted">
      {notes.map((note) => (
        <li key={note} className="my-0.5 [overflow-wrap:anywhere]">
          {note}
        </li>
      ))}
    </ul>
  )
}

function FillIn({ fillIn }: Pick<Way, 'fillIn'>) {
  return (
    <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[max-content_minmax(0,1fr)]">
      {fillIn.map(({ mark, means }) => (
        <div key={mark} className="contents">
          <dt className="font-mono text-caption [overflow-wrap:anywhere]">{mark}</dt>
          <dd className="mb-1 text-muted sm:mb-0">{means}</dd>
        </div>
      ))}
    </dl>
  )
}

function WayView({ way: { id, title, fits, files, fillIn, steps, notes } }: { way: Way }) {
  return (
    <details className="border-t border-hairline py-2 first:border-t-0">
      <summary className="min-h-6 [overflow-wrap:anywhere]">
        <span className="font-medium">{title}</span>
        <span className="block pl-4 text-muted">{fits}</span>
      </summary>
      <div className="mt-2 mb-3 flex max-w-[96ch] flex-col gap-3 pl-4">
        {files.map(({ name, text }) => (
          <div key={name}>
            <h3 className="mb-1 font-mono text-caption">{name}</h3>
            <CopyText text={text} what={`${name} of the way ${id}`} />
          </div>
        ))}
        {fillIn.length > 0 && <FillIn fillIn={fillIn} />}
        <ol className="list-decimal pl-5">
          {steps.map((step) => (
            <li key={step} className="my-0.5 [overflow-wrap:anywhere]">
              {step}
            </li>
          ))}
        </ol>
        <Notes notes={notes} />
      </div>
    </details>
  )
}

export function ReplacementSection({ replacement }: { replacement: ReplacementAnswer }) {
  const { alternative, ways, notes } = replacement
  return (
    <Section
      id="replacement"
      title="What could take its place"
      lead={alternative && `Its platform offers ${alternative}.`}
    >
      <div>
        {ways.map((way) => (
          <WayView key={way.id} way={way} />
        ))}
      </div>
      <div className="mt-2 text-caption">
        <Notes notes={notes} />
      </div>
    </Section>
  )
}
