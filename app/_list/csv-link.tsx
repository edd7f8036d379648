// Takes every row of the list as a file: with its filter, at its moment.
import { Download } from 'lucide-react'
import { buttonClass } from '@/app/_ui/button'
import { DownloadLink } from '@/app/_ui/link'
import { hrefWith } from './query'

export function CsvLink({ path, params }: { path: string; params: Record<string, string> }) {
  return (
    <DownloadLink href={hrefWith(path, params, { size: undefined, format: 'csv' })} className={buttonClass()}>
      <Download size={14} aria-hidden /> CSV
    </DownloadLink>
  )
}
