// The world of the reference connector: all that a connector has to say in its test.
import { dropping, replay, type World } from '../conformance'
import { emptyRecording, recording } from './recording'

const GONE = 'east-robot-2'

export const world: World = {
  transport: () => replay(recording),
  golden: `${import.meta.dirname}/golden.json`,
  folder: import.meta.dirname,
  recorded: () => recording,
  empty: () => replay(emptyRecording),
  remove: {
    identity: GONE,
    from: () => dropping(replay(recording), ({ id, robot }) => id === GONE || robot === GONE),
  },
}
