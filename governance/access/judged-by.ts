// Which code judges: verdicts that other code made are made anew. Locked by a test to the text of that code.
import { hashedUuid } from '@/inventory/content-hash'
import revisions from './judged-by.json'

/** Equal only where realms are read, judged and written by the same code. */
export const JUDGED_BY = hashedUuid(JSON.stringify(revisions))
