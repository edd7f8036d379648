// One word for each state of a control, the same in every text.
import type { ControlState } from './facts'

export const STATE_WORDS: Record<ControlState, string> = {
  failing: 'Fails',
  'no-failure': 'No failure found',
  'cannot-tell': 'Cannot be told',
  'nothing-judged': 'Nothing judged',
  'no-rule': 'No rule speaks to it',
}
