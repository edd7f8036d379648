// What the status of an answer means for what was sent.
import type { Outcome } from '@/core/sender'
import type { Exchanged } from './exchange'
import { troubleWords } from './trouble'

const AGAIN = [408, 409, 421, 423, 425, 429]
/** What a person has to mend in the settings: until then it is tried again. */
const SETTINGS: Record<number, string> = {
  401: 'it does not take the sign-in of this channel',
  403: 'it does not let this channel in, or not do this',
  404: 'there is nothing at this address',
  410: 'the address of this channel was taken away',
}

export function outcomeOf({ status, retryAfterSeconds }: Exchanged, server: string): Outcome {
  if (status >= 200 && status < 300) return { state: 'accepted', words: `${server} answered ${status}.` }
  if (status >= 300 && status < 400)
    return {
      state: 'failed',
      words: `${server} answered ${status}: it wants this sent elsewhere, and redirects are not followed. Enter the address it leads to.`,
    }
  const settings = SETTINGS[status]
  if (settings !== undefined) return { state: 'failed', words: `${server} answered ${status}: ${settings}.` }
  if (status >= 500 || AGAIN.includes(status))
    return {
      state: 'failed',
      words: `${server} answered ${status}: it cannot take this now.`,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    }
  return { state: 'refused', words: `${server} answered ${status}: it does not take this.` }
}

/** An attempt as its outcome: what goes wrong on the way is one too. */
export async function attempted(server: string, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work()
  } catch (error) {
    return { state: 'failed', words: troubleWords(error, server) }
  }
}
