// Says which part of a question could not be understood, so that a form can stand the words beside it.
import { RollcallError } from '@/core/errors'

/** Runs work on one part of a question: what is refused names that part first, and keeps its candidates. */
export async function about<T>(field: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof RollcallError) || error.issues.some(({ path }) => path === field)) throw error
    const { code, message, issues, retryAfterSeconds } = error
    throw new RollcallError(code, message, [{ path: field, message }, ...issues], retryAfterSeconds)
  }
}
