// A text to take elsewhere, such as a policy or a command, with a button that copies it.
import { CopyButton } from './copy-button'

export function CopyText({ text, what }: { text: string; what: string }) {
  return (
    <div className="relative">
      <pre
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        tabIndex={0}
        role="region"
        aria-label={what}
        className="max-h-72 overflow-auto rounded-lg whitespace-pre-wrap [overflow-wrap:anywhere] border border-hairline bg-sunken p-3 pr-24 font-mono text-caption"
      >
        {text}
      </pre>
      <span className="absolute top-2 right-3 rounded-md border border-hairline bg-bg">
        <CopyButton text={text} what={what} label="Copy" />
      </span>
    </div>
  )
}
