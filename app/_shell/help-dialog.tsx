// What the keys do and what the words mean. The same place on every page.
import { X } from 'lucide-react'
import type { Place } from './navigation'

const KEYS: [string, string][] = [
  ['Ctrl K', 'Search, or go to a page'],
  ['/', 'Put the cursor into the filter of a list'],
  ['j  k', 'Next and previous row; arrow keys too, once a row is chosen'],
  ['Enter', 'Open the chosen row'],
  ['1 – 5', 'On a card of a review: choose a decision'],
  ['r', 'On a card: go to the reason'],
  ['j  k', 'On a card: the next and the previous one'],
  ['Ctrl Enter', 'Save and go to the next card'],
  ['?', 'This help'],
]
const WORDS: [string, string][] = [
  ['Known', 'The source answered. The fact says which call and when.'],
  ['None', 'The source was asked and there is none: an answer, not a gap.'],
  ['Unknown', 'There is no answer; the reason is given. Unknown is never counted as fine.'],
  ['Unconfirmed', 'A newer look could not confirm the answer. It stands, with its age.'],
  ['With gaps', 'A look was refused, throttled or cut short. Nothing counts as gone because of it.'],
  ['Gone', 'A complete look no longer saw it. Its history is kept.'],
]

export function HelpDialog({ places }: { places: Place[] }) {
  const keys = [
    ...KEYS,
    ...places.filter((p) => p.key).map((p): [string, string] => [`g ${p.key}`, `Go to ${p.title}`]),
  ]
  return (
    <dialog
      id="help"
      aria-labelledby="help-title"
      className="m-auto max-h-[85dvh] w-180 max-w-[calc(100vw-24px)] overflow-y-auto rounded-lg border border-hairline bg-raised p-5 text-ink shadow-overlay backdrop:bg-ink/30"
    >
      <form method="dialog" className="float-right">
        <button
          type="submit"
          aria-label="Close help"
          className="inline-flex size-8 items-center justify-center rounded-md hover:bg-hover"
        >
          <X size={16} aria-hidden />
        </button>
      </form>
      <h2 id="help-title" className="text-section">
        Help
      </h2>
      <div className="mt-3 grid gap-6 md:grid-cols-2">
        <section>
          <h3 className="mb-1.5">Keys</h3>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
            {keys.map(([key, what]) => (
              <div key={key} className="contents">
                <dt>
                  <kbd className="rounded-sm border border-control px-1.5 font-mono text-caption whitespace-pre">
                    {key}
                  </kbd>
                </dt>
                <dd className="text-muted">{what}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-2 text-caption text-muted">
            Single-letter keys can be switched off under Settings, Appearance.
          </p>
        </section>
        <section>
          <h3 className="mb-1.5">Words</h3>
          <dl className="flex flex-col gap-1.5">
            {WORDS.map(([word, what]) => (
              <div key={word}>
                <dt className="inline font-medium">{word}. </dt>
                <dd className="inline text-muted">{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </dialog>
  )
}
