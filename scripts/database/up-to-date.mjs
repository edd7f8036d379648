// A database that is there, made ready to be worked with: migrations by its owner, and rights for the role that works.
import { APP_ROLE, grantWork } from './app-role.mjs'
import { migrate } from './migrate.mjs'

const userOf = (url) => decodeURIComponent(new URL(url).username)

/**
 * @param opened what openDatabase resolved to
 * @returns the names of the migrations that were applied now
 */
export async function bringUpToDate({ url, ownerUrl }) {
  const applied = await migrate(ownerUrl)
  const worker = userOf(url)
  // One role for both is what an owner may have decided for; the page of the activity log says what follows from it.
  if (worker !== userOf(ownerUrl)) await grantWork(ownerUrl, worker || APP_ROLE)
  return applied
}
