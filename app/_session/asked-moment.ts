// Which moment the address of a page asks about, decided once a request: a moment, the present, or why neither.
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { RollcallError } from '@/core/errors'
import type { Moment } from '@/core/moment'
import { askMoment } from '@/inventory/moment/ask-moment'
import type { RawParams } from '../_list/query'
import { atOtherMoment } from '../_ui/keep-moment'
import { setPageClock } from '../_ui/page-clock'

export type Asked = { moment?: Moment; refused?: undefined } | { refused: string }

const ask = cache(async (asOf?: string, known?: string): Promise<Asked> => {
  try {
    return { moment: await askMoment({ asOf, known }) }
  } catch (error) {
    if (!(error instanceof RollcallError)) throw error
    return { refused: error.message }
  }
})

const textOf = (raw: RawParams, name: string): string | undefined => {
  const value = raw[name]
  return Array.isArray(value) ? value.join(',') : value
}

/** The address the page was asked for by. */
export const pageAddress = async (): Promise<URL> =>
  new URL((await headers()).get('x-rollcall-path') ?? '/', 'http://rollcall.invalid')

export async function askedMoment(raw: RawParams): Promise<Asked> {
  const [asOf, known] = [textOf(raw, 'asOf'), textOf(raw, 'known')]
  if (!asOf) return {}
  const asked = await ask(asOf, known)
  if (asked.refused !== undefined || !asked.moment) return asked
  if (known === 'now') {
    // What is known now is known by an instant: in the address, so that the answer stays what it is.
    const { pathname, search } = await pageAddress()
    redirect(atOtherMoment(pathname, search.slice(1), { asOf, known: asked.moment.known }))
  }
  setPageClock(new Date(asked.moment.valid))
  return asked
}
