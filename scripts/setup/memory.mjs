// How much memory the processes may let lie about before they look what of it is garbage: Node would take gigabytes where it
// finds them.

/** Small steps of the young generation: most of what is read is garbage a moment later. */
const STEADY = '--max-semi-space-size=4'

export const MEMORY = {
  /** Pages, and reading files that are imported: all of it in pieces. */
  web: [STEADY, '--max-old-space-size=1024'],
  /** A sync holds what is known of a scope, which may be large. */
  worker: [STEADY, '--max-old-space-size=1024'],
}
