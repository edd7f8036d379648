'use client'
// How far the check is.
import { Button } from '@/app/_ui/button'
import { Panel } from '@/app/_ui/section'

type Props = { name: string; read: number; of: number; onStop: () => void }
export function Progress({ name, read, of, onStop }: Props) {
  const share = Math.floor((100 * read) / of)
  return (
    <Panel className="flex flex-wrap items-center gap-3 p-4">
      <div className="min-w-0 flex-1 basis-60">
        <label htmlFor="progress" className="font-medium [overflow-wrap:anywhere]">
          Checking {name}
        </label>
        <progress id="progress" max={100} value={share} className="mt-1 block h-2 w-full accent-accent">
          {share} %
        </progress>
        <p className="tabular mt-1 text-caption text-muted">
          {share} %. All of it is read twice: once as it lies there, and once file by file.
        </p>
      </div>
      <Button onClick={onStop}>Stop</Button>
    </Panel>
  )
}
