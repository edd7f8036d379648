// The clock of the page that is being made: the present, or the moment the page is about. Ages are counted from it.
import { cache } from 'react'

/** One a request on the server; in a browser nothing is held, and the clock shows the present. */
const held = cache((): { at?: Date } => ({}))

export const setPageClock = (at: Date | undefined): void => {
  held().at = at
}

export const pageNow = (): Date => held().at ?? new Date()
