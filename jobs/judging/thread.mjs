// Where a thread begins: it reads TypeScript as the process does that started it.
import { register } from 'tsx/esm/api'

register()
const { default: compare } = await import('./judge-thread.ts')
export default compare
